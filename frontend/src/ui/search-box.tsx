import type { KeyboardEvent } from 'react'
import { Icon } from './icon.tsx'

interface SearchBoxProps {
  readonly label: string
  readonly placeholder: string
  readonly value: string
  readonly onChange: (text: string) => void
  /** Classes of its width. */
  readonly className?: string
}

/** A search within a list: the key `/` goes to it, Escape empties it. */
export const SearchBox = (props: SearchBoxProps) => {
  const { label, placeholder, value, onChange, className = 'w-40' } = props
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== 'Escape') return
    if (value === '') event.currentTarget.blur()
    else onChange('')
    event.preventDefault()
  }
  return (
    <span className={`relative min-w-0 ${className}`}>
      <span className="pointer-events-none absolute inset-y-0 left-2 grid place-items-center text-faint">
        <Icon name="search" />
      </span>
      <input
        type="search"
        data-search
        aria-label={label}
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={false}
        maxLength={100}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
        className="h-8 w-full rounded-md border border-line bg-bg pr-2 pl-7.5 text-12 placeholder:text-faint pointer-coarse:h-11 pointer-coarse:text-[16px] [&::-webkit-search-cancel-button]:appearance-none"
      />
    </span>
  )
}
