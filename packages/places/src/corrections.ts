/**
 * What is known to be wrong or missing in the list of the package, by `name, province, country` as the list has them.
 * A test tells when a row is gone, so that nothing here outlives its reason.
 */

/** Cities without a time zone in the list, and the IANA zone they are in. */
export const missingZones: Readonly<Record<string, string>> = {
  'Chilecito, La Rioja, AR': 'America/Argentina/La_Rioja',
  'Comodoro Rivadavia, Chubut, AR': 'America/Argentina/Catamarca',
  'Fort St. John, British Columbia, CA': 'America/Dawson_Creek',
  'Urmia, West Azarbaijan, IR': 'Asia/Tehran',
  'San Juan del Sur, Nicaragua, NI': 'America/Managua',
  'Oymyakon, Sakha (Yakutia), RU': 'Asia/Ust-Nera',
  'Penza, Penza, RU': 'Europe/Moscow',
  "Perm, Perm', RU": 'Asia/Yekaterinburg',
}

/** Cities with the population of a larger namesake far away, which would come first in its stead. */
export const foreignPopulation: ReadonlySet<string> = new Set([
  'Crato, Amazonas, BR',
  'Natal, Amazonas, BR',
  'Vila Velha, Amapá, BR',
  'Mazatlán, Sonora, MX',
  'Nakhodka, Yamal-Nenets, RU',
  'Noginsk, Evenk, RU',
])

/** Rows that are a city of the list once more, under another name. */
export const repeated: ReadonlySet<string> = new Set([
  'København, Hovedstaden, DK',
  'Hatay, Hatay, TR',
  'Sakarya, Sakarya, TR',
])

/** ISO codes by country's name where the list has none. Kosovo's is the one that everybody uses for it. */
export const missingCodes: Readonly<Record<string, string>> = { Kosovo: 'XK', Somaliland: 'SO' }
