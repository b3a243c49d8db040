const day = (index: number) => `2026-07-${String(8 + index).padStart(2, '0')}`
const hour = (index: number) =>
  `${day(Math.floor(index / 24))}T${String(index % 24).padStart(2, '0')}:00`

/** A forecast of a place two hours ahead of UTC, at 14:15 of its own clock. */
export const forecastBody = {
  latitude: 59.9,
  longitude: 10.739998,
  generationtime_ms: 0.2,
  utc_offset_seconds: 7_200,
  timezone: 'Europe/Oslo',
  timezone_abbreviation: 'GMT+2',
  elevation: 12,
  current_units: {
    time: 'iso8601',
    interval: 'seconds',
    temperature_2m: '°C',
    wind_speed_10m: 'km/h',
    wind_gusts_10m: 'km/h',
  },
  current: {
    time: '2026-07-08T14:15',
    interval: 900,
    temperature_2m: 18.4,
    relative_humidity_2m: 61,
    apparent_temperature: 17.9,
    is_day: 1,
    precipitation: 0.3,
    weather_code: 61,
    cloud_cover: 88,
    pressure_msl: 1_009.6,
    wind_speed_10m: 14.4,
    wind_direction_10m: 231,
    wind_gusts_10m: 29.2,
  },
  hourly_units: { time: 'iso8601', temperature_2m: '°C', wind_speed_10m: 'km/h' },
  hourly: {
    time: Array.from({ length: 60 }, (_, index) => hour(index + 12)),
    temperature_2m: Array.from({ length: 60 }, (_, index) =>
      index === 4 ? null : 15 + index / 10,
    ),
    precipitation: Array.from({ length: 60 }, () => 0.1),
    precipitation_probability: Array.from({ length: 60 }, () => 35),
    weather_code: Array.from({ length: 60 }, () => 3),
    wind_speed_10m: Array.from({ length: 60 }, () => 10),
  },
  daily_units: { time: 'iso8601' },
  daily: {
    time: Array.from({ length: 7 }, (_, index) => day(index)),
    weather_code: [61, 3, 2, 1, 0, 80, null],
    temperature_2m_max: [19, 21, 22, 23, 24, 18, null],
    temperature_2m_min: [11, 12, 13, 14, 15, 10, null],
    precipitation_sum: [4.2, 0, 0, 0, 0, 9.1, null],
    precipitation_probability_max: [80, 10, 0, 0, 0, 95, null],
    sunrise: Array.from({ length: 7 }, (_, index) => `${day(index)}T04:09`),
    sunset: Array.from({ length: 7 }, (_, index) => `${day(index)}T22:34`),
  },
}

/** Air quality, in UTC. */
export const airBody = {
  latitude: 59.9,
  longitude: 10.7,
  utc_offset_seconds: 0,
  timezone: 'GMT',
  current_units: { time: 'iso8601', european_aqi: 'EAQI', pm2_5: 'μg/m³' },
  current: {
    time: '2026-07-08T12:00',
    interval: 3_600,
    european_aqi: 24,
    us_aqi: 31,
    pm10: 8.4,
    pm2_5: 4.1,
    carbon_monoxide: 152,
    nitrogen_dioxide: 6.3,
    sulphur_dioxide: 0,
    ozone: null,
  },
}
