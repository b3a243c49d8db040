import { useId } from 'react'

/** A short word on the state of data; its sentence shows on hover and focus. */
export const Chip = ({ label, words }: { label: string; words: string }) => {
  const id = useId()
  return (
    <span className="group relative inline-flex">
      <button
        type="button"
        aria-describedby={id}
        className="rounded-[4px] border border-warn/40 px-1.5 text-11 leading-4 text-warn"
      >
        {label}
      </button>
      <span
        id={id}
        role="tooltip"
        className="pointer-events-none invisible absolute right-0 bottom-full z-20 mb-2 w-56 rounded-md border border-line bg-raised px-2.5 py-2 text-left text-12 text-text opacity-0 shadow-float transition-opacity duration-150 ease-out group-focus-within:visible group-focus-within:opacity-100 group-hover:visible group-hover:opacity-100"
      >
        {words}
      </span>
    </span>
  )
}
