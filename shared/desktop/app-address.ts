// Where a page of the application lives inside the renderer's hash routes, for whoever opens a window on one.

/** The route of Màn hình chung (the shared screen of the room) for one meeting; the id was checked by the contract. */
export function sharedScreenRoute(meetingId: string): string {
  return `/screen/${meetingId}`
}
