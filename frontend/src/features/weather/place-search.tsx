import type { Place } from '@flux/contracts'
import { type KeyboardEvent, useEffect, useEffectEvent, useId, useState } from 'react'
import { Icon } from '../../ui/icon.tsx'
import { countryName } from './model.ts'
import { type Found, usePlaceSearch } from './search.ts'
import { useNear } from './use-near.ts'

interface SearchProps {
  readonly onPick: (place: Place) => void
  /** The place where the browser is has become the home. */
  readonly onNear: () => void
}

/** An entry of the list: a place, or the browser's position. */
type Option = { readonly id: string; readonly place: Found['places'][number] | undefined }

const near: Option = { id: 'near', place: undefined }

const optionsOf = (typed: string, found: Found): readonly Option[] =>
  typed.trim() === '' ? [near] : found.places.map((place) => ({ id: place.id, place }))

/** What is listed answers what is typed, or the list needs no answer. */
const isCurrent = (typed: string, found: Found): boolean =>
  typed.trim() === '' || typed.trim() === found.text

const hint = (typed: string, found: Found): string => {
  if (typed.trim() === '' || found.text === '') return ''
  if (found.failed) return 'No answer. It is tried again with the next letter.'
  return found.places.length === 0 ? 'No place of that name.' : ''
}

const OptionText = ({ place }: Option) =>
  place ? (
    <>
      <span>{place.name}</span>
      <span className="ml-2 text-12 text-muted">
        {[place.region, countryName(place.country)].filter(Boolean).join(', ')}
      </span>
    </>
  ) : (
    <span className="flex items-center gap-2">
      <Icon name="locate" />
      Near me
    </span>
  )

interface ListProps {
  readonly id: string
  readonly options: readonly Option[]
  readonly active: number
  readonly words: string
  pick(option: Option): void
}

const List = ({ id, options, active, words, pick }: ListProps) => (
  <div className="absolute top-full right-0 z-30 mt-1 w-72 max-w-[calc(100vw-48px)] rounded-md border border-line bg-surface p-1 shadow-float">
    <div id={id} role="listbox" aria-label="Places" tabIndex={-1}>
      {options.map((option, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the input's, which keeps the focus
        <div
          key={option.id}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          // The input keeps the focus, so that its blur does not close the list before the press ends.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => pick(option)}
          className={`cursor-pointer truncate rounded-[5px] px-2.5 py-1.5 hover:bg-raised pointer-coarse:py-3 ${index === active ? 'bg-raised' : ''}`}
        >
          <OptionText {...option} />
        </div>
      ))}
    </div>
    {words && <p className="px-2.5 py-1.5 text-12 text-muted">{words}</p>}
  </div>
)

/** What the keys do to a list of `count` with one active entry. */
const movedBy = (key: string, active: number, count: number): number | undefined => {
  if (count === 0) return undefined
  if (key === 'ArrowDown') return (active + 1) % count
  return key === 'ArrowUp' ? (active - 1 + count) % count : undefined
}

const useSearch = ({ onPick, onNear }: SearchProps) => {
  const [typed, setTyped] = useState('')
  const [open, setOpen] = useState(false)
  const [active, setActive] = useState(0)
  const [awaited, setAwaited] = useState(false)
  const found = usePlaceSearch(typed)
  const options = optionsOf(typed, found)
  const current = isCurrent(typed, found)
  const close = () => {
    setOpen(false)
    setAwaited(false)
    setTyped('')
    setActive(0)
  }
  const nearMe = useNear(() => {
    close()
    onNear()
  })
  const pick = ({ place }: Option) => {
    if (!place) return nearMe.ask()
    close()
    onPick(place)
  }
  /** Picks the active entry; where the answer is still to come, its first one. */
  const enter = () => {
    const option = options[active]
    if (!current) setAwaited(true)
    else if (option) pick(option)
  }
  const onAnswer = useEffectEvent(() => {
    if (!awaited) return
    setAwaited(false)
    enter()
  })
  useEffect(() => {
    if (current) onAnswer()
  }, [current])
  const type = (text: string) => {
    setTyped(text)
    setActive(0)
    setAwaited(false)
    setOpen(true)
  }
  const words = nearMe.words || hint(typed, found)
  return { typed, open, active, options, words, close, pick, enter, type, setOpen, setActive }
}

/** Finds a place by its name, or by where the browser is; all of it by keys. */
export const PlaceSearch = (props: SearchProps) => {
  const search = useSearch(props)
  const { typed, open, active, options } = search
  const id = useId()
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const to = movedBy(event.key, active, options.length)
    if (to !== undefined) {
      search.setOpen(true)
      search.setActive(open ? to : active)
    } else if (event.key === 'Enter' && open) search.enter()
    else if (event.key === 'Escape') {
      search.close()
      return
    } else return
    event.preventDefault()
  }
  return (
    <div className="relative min-w-0">
      <span className="pointer-events-none absolute inset-y-0 left-2 grid place-items-center text-faint">
        <Icon name="search" />
      </span>
      <input
        type="text"
        role="combobox"
        data-search
        aria-label="Search for a place"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-autocomplete="list"
        aria-activedescendant={open && options[active] ? `${id}-${active}` : undefined}
        autoComplete="off"
        spellCheck={false}
        maxLength={100}
        placeholder="Search a place"
        value={typed}
        onChange={(event) => search.type(event.target.value)}
        onFocus={() => search.setOpen(true)}
        onBlur={search.close}
        onKeyDown={onKeyDown}
        className="h-8 w-40 rounded-md border border-line bg-bg pr-2 pl-7.5 text-12 placeholder:text-faint pointer-coarse:h-11 pointer-coarse:text-[16px]"
      />
      {open && (
        <List id={id} options={options} active={active} words={search.words} pick={search.pick} />
      )}
    </div>
  )
}
