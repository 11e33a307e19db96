-- GETs without a token for wrk, each of the addresses in turn. Environment: PATHS, separated by blanks. The last line of
-- the output is "result REQUESTS MICROSECONDS FAILED P50 P99"; a 503 counts as failed.

local paths = {}
for path in string.gmatch(os.getenv("PATHS") or "/v1/headlines", "%S+") do table.insert(paths, path) end

local sent = 0
function request()
    sent = sent + 1
    return wrk.format("GET", paths[1 + sent % #paths])
end

function done(summary, latency)
    local e = summary.errors
    print(string.format("result %d %d %d %d %d", summary.requests, summary.duration,
        e.connect + e.read + e.write + e.timeout + e.status, latency:percentile(50), latency:percentile(99)))
end
