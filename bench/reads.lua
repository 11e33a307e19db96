-- GET for wrk: of the address that it is given, or of each of PATHS (separated by blanks) in turn. The last line of the
-- output is "result REQUESTS MICROSECONDS FAILED P50 P99". With TOKEN as a member of staff.

local token = os.getenv("TOKEN")
if token and token ~= "" then wrk.headers["Authorization"] = "Bearer " .. token end

local paths, sent = {}, 0
for path in string.gmatch(os.getenv("PATHS") or "", "%S+") do table.insert(paths, path) end
if #paths > 0 then
    function request()
        sent = sent + 1
        return wrk.format("GET", paths[1 + sent % #paths])
    end
end

function done(summary, latency)
    local e = summary.errors
    print(string.format("result %d %d %d %d %d", summary.requests, summary.duration,
        e.connect + e.read + e.write + e.timeout + e.status, latency:percentile(50), latency:percentile(99)))
end
