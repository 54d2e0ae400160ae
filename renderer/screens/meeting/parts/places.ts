// The addresses of the meeting screens, spelled once.
import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'

export interface GoTo {
  prepare(meetingId: string): Promise<void>
  room(meetingId: string): Promise<void>
}

export function useGoTo(): GoTo {
  const navigate = useNavigate()
  return useMemo(
    () => ({
      // The form of a new meeting is behind: "back" must not lead to it again.
      prepare: (meetingId) => navigate({ to: '/meetings/$id/prepare', params: { id: meetingId }, replace: true }),
      room: (meetingId) => navigate({ to: '/meetings/$id', params: { id: meetingId } }),
    }),
    [navigate],
  )
}
