// Whether this machine can show a window.

/** On Linux a window needs X11 or Wayland; elsewhere there is always a desktop. */
export function hasDisplay(platform: string, env: Readonly<Record<string, string | undefined>>): boolean {
  return platform !== 'linux' || Boolean(env['DISPLAY']) || Boolean(env['WAYLAND_DISPLAY'])
}
