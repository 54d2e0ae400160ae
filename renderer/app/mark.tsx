// The mark: a stick of cinnamon, rolled from both sides, seen from its end.

export function Mark({ size = '2rem' }: { readonly size?: string }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" fill="#14532d" />
      <path
        d="M16 9.5c-1.6-2-4.8-2.2-6.6-.2-2.2 2.4-1.6 6.9 1.4 8.2 2.4 1 4.6-1 4-3-.5-1.5-2.5-1.5-2.7-.2M16 9.5c1.6-2 4.8-2.2 6.6-.2 2.2 2.4 1.6 6.9-1.4 8.2-2.4 1-4.6-1-4-3 .5-1.5 2.5-1.5 2.7-.2M16 9.5V25"
        fill="none"
        stroke="#e39a63"
        strokeWidth="2.2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
