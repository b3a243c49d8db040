import { useStatus } from '../../realtime/use-status.ts'
import { formatMinute } from '../../ui/format.ts'

/** The operators' last sentence, as long as there is one; the connection's live region speaks it. */
export const NoticeBar = () => {
  const { notice } = useStatus()
  return (
    notice && (
      <p className="border-b border-line bg-raised px-3 py-2 text-12 md:px-4 xl:px-6">
        <span className={notice.level === 'warning' ? 'text-warn' : 'text-muted'}>
          {formatMinute(notice.at)}
        </span>{' '}
        {notice.text}
      </p>
    )
  )
}
