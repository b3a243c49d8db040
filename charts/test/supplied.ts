import type { External } from '../src/checks/references.ts'

/** Secrets and ConfigMaps that the values under `values/` name: whoever sets such a value makes them. */
export const suppliedByTests: External = {
  'registry-login': [],
  'company-ca': ['ca.crt'],
  'bff-keys': ['session'],
  'weather-keys': ['OPENWEATHERMAP_API_KEY'],
  'crypto-keys': ['COINGECKO_API_KEY'],
  'stock-keys': ['FINNHUB_API_KEY'],
  'news-keys': ['NEWSDATA_API_KEY'],
  'company-kafka-ca': ['ca.crt'],
  'company-kafka-root': ['password'],
  'valkey-login': ['password'],
}
