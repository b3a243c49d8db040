import { Button } from '../../ui/button.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { TabList } from '../../ui/tabs.tsx'
import { categoryLabel, toFilter } from './model.ts'
import type { Filtered } from './use-filter.ts'
import { useReadMarks } from './use-read-marks.ts'

/** The search within the list, and the categories as a menu where there is no room for tabs. */
export const NewsSearch = (props: Filtered & { readonly menu: boolean }) => (
  <span className="flex min-w-0 items-center gap-2">
    <SearchBox
      label="Search the headlines"
      placeholder="Search"
      value={props.typed}
      onChange={props.type}
      className={props.menu ? 'w-26' : 'w-48'}
    />
    {props.menu && (
      <select
        aria-label="Category"
        value={props.filter}
        onChange={(event) => props.choose(toFilter(event.target.value))}
        className="h-8 w-26 min-w-0 rounded-md border border-line bg-bg px-1.5 text-12 text-text pointer-coarse:h-11 pointer-coarse:text-[16px]"
      >
        {props.filters.map((filter) => (
          <option key={filter} value={filter}>
            {categoryLabel(filter)}
          </option>
        ))}
      </select>
    )}
  </span>
)

/** The categories as tabs. */
export const NewsTabs = ({ filters, filter, choose }: Filtered) => (
  <TabList
    label="Categories"
    tabs={filters.map((id) => ({ id, label: categoryLabel(id) }))}
    selected={filter}
    onSelect={(id) => choose(toFilter(id))}
  />
)

/** Marks all headlines that are shown. */
export const MarkAll = ({ stories }: Filtered) => {
  const [read, mark] = useReadMarks()
  const unread = stories.filter(({ id }) => !read.has(id)).map(({ id }) => id)
  return unread.length === 0 ? (
    <span className="text-12 text-muted">All read</span>
  ) : (
    <Button onClick={() => mark(...unread)}>Mark all as read</Button>
  )
}
