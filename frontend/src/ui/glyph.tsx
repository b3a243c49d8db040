/** A line drawing of 16 px from the `d` of a path; the words beside it or its button's label say what it means. */
export const Glyph = ({ d, filled = false }: { d: string; filled?: boolean }) => (
  <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" className="shrink-0">
    <path
      d={d}
      fill={filled ? 'currentColor' : 'none'}
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  </svg>
)
