import { hash128 } from '../market/random.ts'
import { distanceKm, type Spot } from './sphere.ts'

/** A city that the geocoders of the sandbox know. */
export interface City extends Spot {
  readonly id: number
  readonly name: string
  /** Two letters. */
  readonly country: string
  readonly zone: string
  readonly population: number
  /** Its first-level part of the country. */
  readonly region: string
  /** Names in other languages. */
  readonly names: Readonly<Record<string, string>>
}

type Row = readonly [string, string, number, number, string, number, string]

const rows: readonly Row[] = [
  ['Tokyo', 'JP', 35.6895, 139.6917, 'Asia/Tokyo', 13_960_000, 'Tokyo'],
  ['Delhi', 'IN', 28.6667, 77.2167, 'Asia/Kolkata', 16_790_000, 'Delhi'],
  ['Shanghai', 'CN', 31.2222, 121.4581, 'Asia/Shanghai', 24_870_000, 'Shanghai'],
  ['São Paulo', 'BR', -23.5475, -46.6361, 'America/Sao_Paulo', 12_330_000, 'São Paulo'],
  ['Mexico City', 'MX', 19.4285, -99.1277, 'America/Mexico_City', 9_210_000, 'Mexico City'],
  ['Cairo', 'EG', 30.0626, 31.2497, 'Africa/Cairo', 9_600_000, 'Cairo'],
  ['Mumbai', 'IN', 19.0728, 72.8826, 'Asia/Kolkata', 12_480_000, 'Maharashtra'],
  ['Beijing', 'CN', 39.9075, 116.3972, 'Asia/Shanghai', 21_890_000, 'Beijing'],
  ['New York', 'US', 40.7143, -74.006, 'America/New_York', 8_800_000, 'New York'],
  ['Los Angeles', 'US', 34.0522, -118.2437, 'America/Los_Angeles', 3_900_000, 'California'],
  ['Chicago', 'US', 41.85, -87.6501, 'America/Chicago', 2_750_000, 'Illinois'],
  ['Denver', 'US', 39.7392, -104.9847, 'America/Denver', 715_000, 'Colorado'],
  ['Anchorage', 'US', 61.2181, -149.9003, 'America/Anchorage', 291_000, 'Alaska'],
  ['Honolulu', 'US', 21.3069, -157.8583, 'Pacific/Honolulu', 351_000, 'Hawaii'],
  ['Toronto', 'CA', 43.7001, -79.4163, 'America/Toronto', 2_790_000, 'Ontario'],
  ['Vancouver', 'CA', 49.2497, -123.1193, 'America/Vancouver', 662_000, 'British Columbia'],
  ["St. John's", 'CA', 47.5649, -52.7093, 'America/St_Johns', 111_000, 'Newfoundland'],
  ['London', 'GB', 51.5085, -0.1257, 'Europe/London', 8_960_000, 'England'],
  ['Edinburgh', 'GB', 55.9521, -3.1965, 'Europe/London', 527_000, 'Scotland'],
  ['Dublin', 'IE', 53.3331, -6.2489, 'Europe/Dublin', 592_000, 'Leinster'],
  ['Paris', 'FR', 48.8534, 2.3488, 'Europe/Paris', 2_140_000, 'Île-de-France'],
  ['Paris', 'US', 33.6609, -95.5555, 'America/Chicago', 25_000, 'Texas'],
  ['Madrid', 'ES', 40.4165, -3.7026, 'Europe/Madrid', 3_260_000, 'Madrid'],
  ['Lisbon', 'PT', 38.7167, -9.1333, 'Europe/Lisbon', 545_000, 'Lisbon'],
  ['Rome', 'IT', 41.8919, 12.5113, 'Europe/Rome', 2_760_000, 'Lazio'],
  ['Berlin', 'DE', 52.5244, 13.4105, 'Europe/Berlin', 3_650_000, 'Land Berlin'],
  ['Munich', 'DE', 48.1374, 11.5755, 'Europe/Berlin', 1_490_000, 'Bavaria'],
  ['Vienna', 'AT', 48.2085, 16.3721, 'Europe/Vienna', 1_910_000, 'Vienna'],
  ['Zurich', 'CH', 47.3667, 8.55, 'Europe/Zurich', 421_000, 'Zurich'],
  ['Amsterdam', 'NL', 52.374, 4.8897, 'Europe/Amsterdam', 872_000, 'North Holland'],
  ['Brussels', 'BE', 50.8505, 4.3488, 'Europe/Brussels', 1_020_000, 'Brussels Capital'],
  ['Copenhagen', 'DK', 55.6759, 12.5655, 'Europe/Copenhagen', 644_000, 'Capital Region'],
  ['Oslo', 'NO', 59.9127, 10.7461, 'Europe/Oslo', 709_000, 'Oslo'],
  ['Tromsø', 'NO', 69.6489, 18.9551, 'Europe/Oslo', 65_000, 'Troms'],
  ['Stockholm', 'SE', 59.3294, 18.0687, 'Europe/Stockholm', 975_000, 'Stockholm'],
  ['Helsinki', 'FI', 60.1695, 24.9354, 'Europe/Helsinki', 656_000, 'Uusimaa'],
  ['Reykjavik', 'IS', 64.1355, -21.8954, 'Atlantic/Reykjavik', 133_000, 'Capital Region'],
  ['Warsaw', 'PL', 52.2298, 21.0118, 'Europe/Warsaw', 1_860_000, 'Masovia'],
  ['Prague', 'CZ', 50.088, 14.4208, 'Europe/Prague', 1_300_000, 'Prague'],
  ['Budapest', 'HU', 47.4984, 19.0404, 'Europe/Budapest', 1_740_000, 'Budapest'],
  ['Athens', 'GR', 37.9838, 23.7278, 'Europe/Athens', 664_000, 'Attica'],
  ['Istanbul', 'TR', 41.0138, 28.9497, 'Europe/Istanbul', 15_700_000, 'Istanbul'],
  ['Kyiv', 'UA', 50.4547, 30.5238, 'Europe/Kyiv', 2_950_000, 'Kyiv City'],
  ['Moscow', 'RU', 55.7522, 37.6156, 'Europe/Moscow', 12_650_000, 'Moscow'],
  ['Novosibirsk', 'RU', 55.0415, 82.9346, 'Asia/Novosibirsk', 1_610_000, 'Novosibirsk'],
  ['Dubai', 'AE', 25.0772, 55.3093, 'Asia/Dubai', 3_480_000, 'Dubai'],
  ['Tehran', 'IR', 35.6944, 51.4215, 'Asia/Tehran', 8_690_000, 'Tehran'],
  ['Karachi', 'PK', 24.8608, 67.0104, 'Asia/Karachi', 14_910_000, 'Sindh'],
  ['Kathmandu', 'NP', 27.7017, 85.3206, 'Asia/Kathmandu', 1_440_000, 'Bagmati'],
  ['Dhaka', 'BD', 23.7104, 90.4074, 'Asia/Dhaka', 10_360_000, 'Dhaka'],
  ['Bangkok', 'TH', 13.754, 100.5014, 'Asia/Bangkok', 8_300_000, 'Bangkok'],
  ['Singapore', 'SG', 1.2897, 103.8501, 'Asia/Singapore', 5_640_000, 'Singapore'],
  ['Jakarta', 'ID', -6.2146, 106.8451, 'Asia/Jakarta', 10_560_000, 'Jakarta'],
  ['Manila', 'PH', 14.6042, 120.9822, 'Asia/Manila', 1_850_000, 'Metro Manila'],
  ['Hong Kong', 'HK', 22.2783, 114.1747, 'Asia/Hong_Kong', 7_490_000, 'Hong Kong'],
  ['Seoul', 'KR', 37.566, 126.9784, 'Asia/Seoul', 9_670_000, 'Seoul'],
  ['Sydney', 'AU', -33.8679, 151.2073, 'Australia/Sydney', 5_230_000, 'New South Wales'],
  ['Perth', 'AU', -31.9522, 115.8614, 'Australia/Perth', 2_140_000, 'Western Australia'],
  ['Auckland', 'NZ', -36.8485, 174.7635, 'Pacific/Auckland', 1_460_000, 'Auckland'],
  ['Lagos', 'NG', 6.4541, 3.3947, 'Africa/Lagos', 15_390_000, 'Lagos'],
  ['Nairobi', 'KE', -1.2833, 36.8167, 'Africa/Nairobi', 4_400_000, 'Nairobi'],
  ['Johannesburg', 'ZA', -26.2023, 28.0436, 'Africa/Johannesburg', 4_430_000, 'Gauteng'],
  ['Cape Town', 'ZA', -33.9258, 18.4232, 'Africa/Johannesburg', 4_620_000, 'Western Cape'],
  ['Casablanca', 'MA', 33.5883, -7.6114, 'Africa/Casablanca', 3_360_000, 'Casablanca-Settat'],
  ['Buenos Aires', 'AR', -34.6132, -58.3772, 'America/Argentina/Buenos_Aires', 3_080_000, ''],
  ['Santiago', 'CL', -33.4569, -70.6483, 'America/Santiago', 6_270_000, 'Santiago'],
  ['Lima', 'PE', -12.0432, -77.0282, 'America/Lima', 10_090_000, 'Lima'],
  ['Bogotá', 'CO', 4.6097, -74.0817, 'America/Bogota', 7_670_000, 'Bogotá'],
]

const otherNames: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Moscow: { fr: 'Moscou', de: 'Moskau', ru: 'Москва' },
  London: { fr: 'Londres', es: 'Londres', ru: 'Лондон' },
  Munich: { de: 'München', it: 'Monaco di Baviera' },
  Vienna: { de: 'Wien', fr: 'Vienne' },
  Copenhagen: { da: 'København', de: 'Kopenhagen' },
  Tokyo: { ja: '東京', ru: 'Токио' },
  Beijing: { zh_cn: '北京', de: 'Peking' },
}

const cityOf = ([name, country, latitude, longitude, zone, population, region]: Row): City => ({
  id: 100_000 + (hash128(`city/${name}/${country}`)[0] % 8_000_000),
  ...{ name, country, latitude, longitude, zone, population, region },
  names: otherNames[name] ?? {},
})

/** The cities, in no order. */
export const cities: readonly City[] = rows.map(cityOf)

/** As text is compared: without accents and case. */
export const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ø', 'o')
    .replaceAll('Ø', 'o')
    .trim()
    .toLowerCase()

/** The cities that `matches` says yes to for one of their folded names, largest first. */
export const findCities = (matches: (name: string) => boolean): readonly City[] =>
  cities
    .filter(({ name, names }) => [name, ...Object.values(names)].some((n) => matches(folded(n))))
    .sort((a, b) => b.population - a.population)

/** The nearest city at most `withinKm` away. */
export const cityNear = (spot: Spot, withinKm: number): City | undefined => {
  const near = cities
    .map((city) => ({ city, km: distanceKm(spot, city) }))
    .filter(({ km }) => km <= withinKm)
  return near.sort((a, b) => a.km - b.km)[0]?.city
}

/** The name of a city in a language, in English where it has none of its own. */
export const nameOf = (city: City, language: string): string => city.names[language] ?? city.name
