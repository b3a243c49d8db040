/** A bar in place of a text that is not there yet. */
export const Bar = ({ className }: { className: string }) => (
  <span className={`inline-block h-3 rounded-[4px] bg-raised align-middle ${className}`} />
)
