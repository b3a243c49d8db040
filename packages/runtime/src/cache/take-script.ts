/**
 * Takes up to ARGV[1] tokens of the window KEYS[1], in which no span of ARGV[3] milliseconds sees more than ARGV[2]:
 * one member per token, its time as score. One script is one step for the server: no caller comes between, and a crash
 * cannot leave tokens without their expiry. The server's clock is the one that all callers share.
 */
export const takeScript = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[3])
local granted = math.max(0, math.min(tonumber(ARGV[1]), ARGV[2] - redis.call('ZCARD', KEYS[1])))
for i = 1, granted do
  redis.call('ZADD', KEYS[1], now, time[1] .. '.' .. time[2] .. '.' .. i)
end
if granted > 0 then redis.call('PEXPIRE', KEYS[1], ARGV[3]) end
return granted
`
