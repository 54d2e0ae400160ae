// The addresses of the meeting screens, spelled once.
import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'

interface GoTo {
  /** From the form of a new meeting, which is behind then: "back" must not lead to it again. */
  created(meetingId: string): Promise<void>
  prepare(meetingId: string): Promise<void>
  room(meetingId: string): Promise<void>
}

export function useGoTo(): GoTo {
  const navigate = useNavigate()
  return useMemo(
    () => ({
      created: (id) => navigate({ to: '/meetings/$id/prepare', params: { id }, replace: true }),
      prepare: (id) => navigate({ to: '/meetings/$id/prepare', params: { id } }),
      room: (id) => navigate({ to: '/meetings/$id', params: { id } }),
    }),
    [navigate],
  )
}
