const start = Date.UTC(2026, 6, 8, 12) / 1_000

/** The weather of now, as it comes with `units=metric`. */
export const weatherBody = {
  coord: { lon: 10.75, lat: 59.91 },
  weather: [
    { id: 521, main: 'Rain', description: 'shower rain', icon: '09d' },
    { id: 701, main: 'Mist', description: 'mist', icon: '50d' },
  ],
  base: 'stations',
  main: { temp: 14, feels_like: 13.4, temp_min: 13, temp_max: 15.1, pressure: 1_003, humidity: 87 },
  visibility: 8_000,
  wind: { speed: 5, deg: 200, gust: 10 },
  rain: { '1h': 1.52 },
  clouds: { all: 75 },
  dt: start - 600,
  sys: { type: 1, id: 1, country: 'NO', sunrise: start - 36_000, sunset: start + 30_000 },
  timezone: 7_200,
  id: 3_143_244,
  name: 'Oslo',
  cod: 200,
}

const step = (index: number) => ({
  dt: start + index * 10_800,
  main: { temp: 10 + index, temp_min: 9 + index, temp_max: 11 + index, humidity: 70 },
  weather: [{ id: index % 2 === 0 ? 500 : 803, main: '', description: '', icon: '10d' }],
  clouds: { all: 80 },
  wind: { speed: 2.5, deg: 180 },
  pop: 0.35,
  ...(index % 2 === 0 && { rain: { '3h': 0.6 } }),
  sys: { pod: 'd' },
  dt_txt: '',
})

/** The 40 steps of a forecast, from 14:00 of the place's clock. */
export const forecastBody = {
  cod: '200',
  message: 0,
  cnt: 40,
  list: Array.from({ length: 40 }, (_, index) => step(index)),
  city: {
    id: 3_143_244,
    name: 'Oslo',
    timezone: 7_200,
    sunrise: start - 36_000,
    sunset: start + 30_000,
  },
}

/** What is in the air. */
export const airBody = {
  coord: { lon: 10.75, lat: 59.91 },
  list: [
    {
      main: { aqi: 2 },
      components: { co: 210.29, no: 0, no2: 5.4, o3: 95.84, so2: -9_999, pm2_5: 2.14, pm10: 4.16 },
      dt: start,
    },
  ],
}
