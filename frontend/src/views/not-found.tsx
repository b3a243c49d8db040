import { Link } from '../routing/link.tsx'
import { Message } from '../ui/message.tsx'
import { Panel } from '../ui/panel.tsx'

/** An address that shows nothing. */
export const NotFound = () => (
  <Panel title="Nothing here">
    <Message
      action={
        <Link to="/" className="text-accent underline-offset-2 hover:underline">
          Go to the overview
        </Link>
      }
    >
      This address belongs to no view of the page.
    </Message>
  </Panel>
)
