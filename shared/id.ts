// Ids of things: UUIDs in lower case, so that one thing has one spelling in streams, rooms and addresses.
import { z } from 'zod'

export const id = z.uuid().regex(/^[0-9a-f-]+$/)
