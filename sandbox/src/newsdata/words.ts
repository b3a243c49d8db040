/** What headlines of one language are made of; `{x}` is replaced by one of the words of that name. */
export interface Grammar {
  readonly titles: Readonly<Record<string, readonly string[]>>
  readonly sentences: readonly string[]
  readonly words: Readonly<Record<string, readonly string[]>>
}

const english: Grammar = {
  titles: {
    business: [
      '{Firm} raises its outlook after a {adj} quarter',
      '{Firm} to close {n} branches in {place}',
      'Shares of {firm} slip as {thing} costs climb',
      '{Firm} buys a rival maker of {thing} for {n} million dollars',
      'Prices of {thing} in {place} fall for the {nth} month',
    ],
    technology: [
      '{Firm} shows a {adj} chip for {thing}',
      'A {adj} fault in {thing} software is fixed, says {firm}',
      '{place} tests driverless {vehicle} on {n} streets',
      'Open standard for {thing} wins over {firm}',
      'Why engineers at {firm} went back to {thing}',
    ],
    politics: [
      '{Body} passes a {adj} bill on {thing}',
      '{Body} splits over {thing} before the vote in {place}',
      'Minister in {place} resigns after {n} days',
      '{Body} opens an inquiry into {thing} contracts',
      '{place} and neighbours sign a pact on {thing}',
    ],
    science: [
      'Researchers in {place} grow {thing} from sea water',
      'A {adj} telescope counts {n} new moons',
      'Study of {n} lakes finds more {thing} than thought',
      'Probe sends {adj} pictures of an icy ridge',
    ],
    world: [
      'Storm leaves {n} villages near {place} without power',
      'Ferry link to {place} opens after {n} years',
      'Talks on {thing} resume in {place}',
      '{place} lifts its ban on {thing}',
    ],
    sports: [
      '{place} win {n}-nil in a {adj} final',
      'Captain of {place} out for {n} weeks',
      'Marathon in {place} draws {n} thousand runners',
    ],
    health: [
      'Clinics in {place} report fewer cases for the {nth} week',
      'A {adj} vaccine against fever is tried on {n} people',
      'Doctors warn of fakes among {thing} remedies',
    ],
    environment: [
      '{place} plants {n} thousand trees along the river',
      'Wolves return to hills near {place}',
      'A {adj} spring brings {thing} harvest forward',
    ],
  },
  sentences: [
    'The figures were released on a {adj} morning in {place}.',
    '{Firm} did not want to comment on {thing}.',
    '{Body} will look at the matter again within {n} days.',
    'People who know the plans speak of a {adj} step.',
    'It is the {nth} such announcement this year.',
    'Analysts had expected less {thing} and more patience.',
    'A spokesperson in {place} called the numbers {adj}.',
    'More than {n} people took part, the organisers said.',
  ],
  words: {
    firm: [
      'Harlow Mills',
      'Brightwater',
      'Quanta Foods',
      'Nordhall',
      'Ostrava Steel',
      'Pellucid',
      'Kestrel Rail',
      'Marlow & Vane',
      'Tidewell',
      'Copperline',
      'Blue Anvil',
      'Larkspur Labs',
    ],
    body: [
      'parliament',
      'the senate',
      'the city council',
      'the finance committee',
      'the upper house',
      'the regional assembly',
    ],
    place: [
      'Oslo',
      'Nairobi',
      'Lisbon',
      'Osaka',
      'Lima',
      'Toronto',
      'Leeds',
      'Chennai',
      'Denver',
      'Perth',
      'Tallinn',
      'Accra',
      'Zürich',
      'São Paulo',
    ],
    thing: [
      'copper',
      'batteries',
      'trams',
      'timber',
      'barley',
      'satellites',
      'wind power',
      'glass',
      'housing',
      'data centres',
      'coffee',
      'cement',
    ],
    adj: [
      'quiet',
      'record',
      'surprising',
      'narrow',
      'long-awaited',
      'modest',
      'hasty',
      'remarkable',
    ],
    vehicle: ['trams', 'buses', 'taxis', 'ferries', 'vans'],
    nth: ['second', 'third', 'fourth', 'sixth'],
  },
}

const german: Grammar = {
  titles: {
    business: [
      '{Firm} hebt die Prognose für {thing} an',
      '{Firm} schließt {n} Filialen in {place}',
    ],
    technology: ['{Firm} zeigt neue Technik für {thing}', '{place} testet {vehicle} ohne Fahrer'],
    politics: ['{Body} streitet über {thing}', 'Minister in {place} tritt nach {n} Tagen zurück'],
    world: ['Sturm trifft {place}: {n} Dörfer ohne Strom', 'Fähre nach {place} fährt wieder'],
  },
  sentences: [
    'Das teilte {firm} in {place} mit.',
    'Mehr als {n} Menschen nahmen teil.',
    '{Body} berät erneut über {thing}.',
  ],
  words: {
    firm: ['Nordhall', 'Rheinwerk Süd', 'Kupferlinie', 'Tannhof', 'Weser & Söhne'],
    body: ['der Bundesrat', 'der Stadtrat', 'der Ausschuss'],
    place: ['Bremen', 'Graz', 'Köln', 'Zürich', 'Leipzig'],
    vehicle: ['Busse', 'Züge', 'Fähren'],
    thing: ['Kupfer', 'Batterien', 'Straßenbahnen', 'Windkraft', 'Wohnungen'],
  },
}

const spanish: Grammar = {
  titles: {
    business: ['{Firm} cierra {n} tiendas en {place}', 'Sube el precio de {thing} en {place}'],
    technology: ['{Firm} presenta un chip para {thing}', '{place} prueba {vehicle} sin conductor'],
    politics: ['{Body} aprueba la ley de {thing}', 'Dimite un ministro tras {n} días en {place}'],
    world: ['Tormenta en {place}: {n} pueblos sin luz', '{place} reabre el comercio de {thing}'],
  },
  sentences: [
    'Así lo anunció {firm} en {place}.',
    'Participaron más de {n} personas.',
    '{Body} volverá a debatir sobre {thing}.',
  ],
  words: {
    firm: ['Almazara Sur', 'Ríoclaro', 'Nordhall', 'Línea Cobre'],
    body: ['el senado', 'el congreso', 'el ayuntamiento'],
    place: ['Sevilla', 'Bogotá', 'Málaga', 'Lima', 'Córdoba'],
    vehicle: ['autobuses', 'taxis', 'trenes'],
    thing: ['cobre', 'baterías', 'café', 'vivienda', 'energía eólica'],
  },
}

/** The languages that stories are written in, by code; the API's replies spell the name. */
export const languages = {
  en: { name: 'english', grammar: english },
  de: { name: 'german', grammar: german },
  es: { name: 'spanish', grammar: spanish },
} as const

/** Code of a language that stories are written in. */
type Language = keyof typeof languages

/** Names of the author field. */
export const authors = [
  'Ines Okafor',
  'Tom Lindqvist',
  'Priya Raman',
  'Marek Dvorak',
  'Ana Sofia Reyes',
  'Joel Hartmann',
  'Miriam Castell',
  'Kwame Boateng',
  'Yuki Tanabe',
] as const

/** One publication. */
export interface Source {
  readonly id: string
  readonly name: string
  readonly domain: string
  readonly priority: number
  readonly icon: boolean
  readonly language: Language
  /** Code and name of its country, as the API asks for and tells it. */
  readonly country: readonly [code: string, name: string]
}

type SourceRow = readonly [id: string, name: string, language: Language, code: string, land: string]

const sourceRows: readonly SourceRow[] = [
  ['harbor_courier', 'Harbor Courier', 'en', 'us', 'united states of america'],
  ['midland_ledger', 'The Midland Ledger', 'en', 'gb', 'united kingdom'],
  ['prairie_post', 'Prairie Post', 'en', 'us', 'united states of america'],
  ['signal_north', 'Signal North', 'en', 'ca', 'canada'],
  ['the_tide_table', 'The Tide Table', 'en', 'au', 'australia'],
  ['deccan_evening', 'Deccan Evening', 'en', 'in', 'india'],
  ['circuit_weekly', 'Circuit Weekly', 'en', 'us', 'united states of america'],
  ['capitol_notes', 'Capitol Notes', 'en', 'us', 'united states of america'],
  ['lagoon_times', 'Lagoon Times', 'en', 'ng', 'nigeria'],
  ['fjordposten', 'Fjordposten in English', 'en', 'no', 'norway'],
  ['weserbote', 'Weserbote', 'de', 'de', 'germany'],
  ['alpenkurier', 'Alpenkurier', 'de', 'at', 'austria'],
  ['la_ribera', 'La Ribera', 'es', 'es', 'spain'],
  ['diario_andino', 'Diario Andino', 'es', 'pe', 'peru'],
]

/** All publications; their domains are reserved ones, which nobody can own. */
export const sources: readonly Source[] = sourceRows.map(([id, name, language, code, land], i) => ({
  ...{ id, name, language },
  domain: `${id.replaceAll('_', '-')}.example`,
  priority: 1_000 + ((i * 7_919) % 90_000),
  icon: i % 4 !== 3,
  country: [code, land] as const,
}))
