/** The sign of the product. */
export const Logo = () => (
  <svg width="20" height="20" viewBox="0 0 32 32" aria-hidden="true">
    <path
      d="M4 20h7l4-12 5 16 3-8h5"
      fill="none"
      stroke="currentColor"
      strokeWidth="3"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  </svg>
)
