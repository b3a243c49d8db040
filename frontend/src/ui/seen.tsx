import {
  createContext,
  type ReactNode,
  type RefObject,
  useContext,
  useEffect,
  useRef,
  useState,
} from 'react'

const SeenContext = createContext(true)

/** Tells what is inside whether it is in sight; out of sight nothing follows its values. */
export const SeenProvider = ({ seen, children }: { seen: boolean; children: ReactNode }) => (
  <SeenContext value={seen}>{children}</SeenContext>
)

const nothing = () => undefined

/**
 * How to follow a store: as given, or not at all while out of sight. What comes into sight again reads the newest values as
 * it renders.
 */
export const useWhileSeen = <S extends (listener: () => void) => () => void>(
  subscribe: S,
): S | (() => () => undefined) => (useContext(SeenContext) ? subscribe : unfollowed)

const unfollowed = () => nothing

/** Tells whether an element is in sight: soon after it is there, and when that changes. `tell` has to stay the same one. */
export const useSight = (
  ref: RefObject<Element | null>,
  tell: (inSight: boolean) => void,
): void => {
  useEffect(() => {
    const element = ref.current
    if (!element) return
    const observer = new IntersectionObserver((entries) => {
      tell(entries.at(-1)?.isIntersecting ?? false)
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [ref, tell])
}

/** Whether an element is in sight, and the mark that it needs; true until that is known. */
export const useSeen = <E extends Element>(): readonly [RefObject<E | null>, boolean] => {
  const ref = useRef<E>(null)
  const [seen, setSeen] = useState(true)
  useSight(ref, setSeen)
  return [ref, seen]
}
