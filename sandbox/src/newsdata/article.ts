import { createRandom, hash128, type Random } from '../market/random.ts'
import { headline, pick, prose } from './grammar.ts'
import { categoriesOf, type StoryHead } from './head.ts'
import { authors, languages, type Source } from './words.ts'

/** What the API says instead of a value that a plan does not include. */
const paidPlans = 'ONLY AVAILABLE IN PAID PLANS'
const professionalPlans = 'ONLY AVAILABLE IN PROFESSIONAL AND CORPORATE PLANS'
const corporatePlans = 'ONLY AVAILABLE IN CORPORATE PLANS'

const idOf = (key: string): string =>
  hash128(key)
    .map((part) => part.toString(16).padStart(8, '0'))
    .join('')

const slugOf = (title: string): string =>
  title
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')

/** `YYYY-MM-DD HH:MM:SS`, in UTC. */
const pubDate = (time: number): string =>
  new Date(time).toISOString().slice(0, 19).replace('T', ' ')

const mailOf = (name: string, source: Source): string =>
  `${slugOf(name).replaceAll('-', '.')}@${source.domain}`

const creatorsOf = (source: Source, random: Random): string[] | null => {
  if (random.chance(0.3)) return null
  const name = pick(authors, random)
  const mail = mailOf(name, source)
  const forms = [[name, `${name} (${mail})`], [mail], [`${mail} (${name})`]]
  if (random.chance(0.12)) return pick(forms, random)
  return random.chance(0.15) ? [name, pick(authors, random)] : [name]
}

const withMarkup = (text: string, source: Source, random: Random): string =>
  pick(
    [
      `<p>${text}</p>`,
      `<p><a href="https://${source.domain}/tag/today">Today</a> &mdash; ${text}</p><br/>`,
      `<img src="https://img.${source.domain}/x.jpg" onerror="alert(1)">${text}`,
      `<script>window.top.location='https://${source.domain}'</script><b>${text}</b>`,
      `<div class='lead'>${text.replace(' ', '&nbsp;')}</div><!-- more -->`,
    ],
    random,
  )

const withEntities = (text: string): string =>
  `${text} It&#8217;s &quot;no surprise&quot;, she said &amp; left&#x2026;`

/** The headlines of several papers run together, as a news aggregator sends them. */
const concatenated = (head: StoryHead, random: Random): string => {
  const { grammar } = languages[head.source.language]
  return Array.from(
    { length: 5 },
    () => headline(grammar, head.category, random) + pick(authors, random),
  ).join('')
}

const descriptionOf = (head: StoryHead, random: Random): string | null => {
  const { grammar } = languages[head.source.language]
  const fate = random.next()
  const text = prose(grammar, random.int(1, 3), random)
  if (fate < 0.15) return null
  if (fate < 0.27) return withMarkup(text, head.source, random)
  if (fate < 0.4) return withEntities(text)
  if (fate < 0.44) return prose(grammar, 80, random)
  return fate < 0.47 ? concatenated(head, random) : text
}

const linkOf = (head: StoryHead, title: string, random: Random): string => {
  const fate = random.next()
  if (fate < 0.01) return "javascript:window.open('/story')"
  if (fate < 0.05) return `https://news.google.com/rss/articles/${idOf(title)}?oc=5`
  return `https://www.${head.source.domain}/${head.category}/${slugOf(title)}-${head.number}`
}

const imageOf = (head: StoryHead, random: Random): string | null =>
  random.chance(0.3) ? null : `https://img.${head.source.domain}/w800/${head.number}.jpg`

const titleOf = (head: StoryHead, random: Random): string => {
  const title = headline(languages[head.source.language].grammar, head.category, random)
  return random.chance(0.05) ? `  ${title.replace(' and ', ' &amp; ')} ` : title
}

/** The headline of a story, or of the one that it repeats. */
export const titleAt = (head: StoryHead, seed: number): string => {
  const { number } = head.original ?? head
  return titleOf(head.original ?? head, createRandom(seed, `news/${number}/title`))
}

/** What makes a story itself, whoever repeats it. */
const coreOf = (head: StoryHead, seed: number) => {
  const random = createRandom(seed, `news/${head.number}/core`)
  const title = titleAt(head, seed)
  return { title, link: linkOf(head, title, random), description: descriptionOf(head, random) }
}

type Core = ReturnType<typeof coreOf>

/** The ways in which a story is told a second time. */
const retell = (core: Core, head: StoryHead, random: Random) => {
  const again = `https://www.${head.source.domain}/${head.category}/${slugOf(core.title)}`
  const ways = [
    { ...core, link: `${core.link}${core.link.includes('?') ? '&' : '?'}utm_source=rss#top` },
    { ...core, link: again, flagged: true },
    { ...core, title: `${core.title.trim().toUpperCase()} - ${head.source.name}`, link: again },
    { ...core, title: core.title.replace(' ', '  '), link: again },
  ]
  return { flagged: random.chance(0.3), ...pick(ways, random) }
}

const planned = {
  ai_tag: professionalPlans,
  sentiment: professionalPlans,
  sentiment_stats: professionalPlans,
  ai_region: corporatePlans,
  ai_org: corporatePlans,
}

const sourceFields = (source: Source) => ({
  source_id: source.id,
  source_priority: source.priority,
  source_name: source.name,
  source_url: `https://www.${source.domain}`,
  source_icon: source.icon ? `https://icons.${source.domain}/${source.id}.png` : null,
})

/** One entry of `results`, in the API's field names. */
export const articleOf = (head: StoryHead, seed: number) => {
  const { source, number } = head
  const random = createRandom(seed, `news/${number}/article`)
  const core = coreOf(head.original ?? head, seed)
  const told = head.original ? retell(core, head, random) : { ...core, flagged: false }
  return {
    article_id: idOf(`${seed}/${number}`),
    title: random.chance(0.004) ? null : told.title,
    link: told.link,
    keywords: random.chance(0.5) ? null : [head.category, ...(random.chance(0.3) ? ['today'] : [])],
    creator: creatorsOf(source, random),
    video_url: null,
    description: told.description,
    content: paidPlans,
    pubDate: pubDate(head.publishedAt),
    pubDateTZ: 'UTC',
    image_url: imageOf(head, random),
    ...sourceFields(source),
    language: languages[source.language].name,
    country: [source.country[1]],
    category: categoriesOf(head),
    ...planned,
    duplicate: told.flagged,
  }
}
