-- POST /v1/calls for wrk: every request with a key and a body of its own. Environment: TOKEN; PAUSE_MS, if any,
-- is waited between two requests. The last line of the output is "result REQUESTS MICROSECONDS FAILED P50 P99".

local threads = {}
function setup(thread)
    table.insert(threads, thread)
    thread:set("number", #threads)
end

local pause_ms = tonumber(os.getenv("PAUSE_MS") or "")
if pause_ms then
    function delay() return pause_ms end
end

local sent, run = 0, ""
local headers = {
    ["Authorization"] = "Bearer " .. (os.getenv("TOKEN") or ""),
    ["Content-Type"] = "application/json",
    ["Accept"] = "application/json",
}
function init()
    math.randomseed(os.time() * 100 + number)
    run = string.format("bench-%d-%d-%06d-", os.time(), number, math.random(0, 999999))
end

local body = '{"direction":"inbound","line":"coronavirus","counterparty":"resident",' ..
    '"started_at":"2020-04-%02dT%02d:%02d:00Z","duration_s":%d,' ..
    '"caller":{"name":"Joan Invented","phone":"0161 496 %04d","postcode":"SK%d 3XE"},' ..
    '"reasons":["food","medicine"],"outcome":"%s",' ..
    '"note":"Shielding; nobody to shop for her until Friday. Asked for a parcel and a call back."}'
local outcomes = { "referred", "advice_given", "resolved", "callback_arranged", "abandoned" }

function request()
    sent = sent + 1
    headers["Idempotency-Key"] = run .. sent
    return wrk.format("POST", "/v1/calls", headers, string.format(body, 1 + sent % 28, 8 + sent % 10, sent % 60,
        60 + sent % 900, sent % 1000, 1 + sent % 8, outcomes[1 + sent % #outcomes]))
end

function done(summary, latency)
    local e = summary.errors
    print(string.format("result %d %d %d %d %d", summary.requests, summary.duration,
        e.connect + e.read + e.write + e.timeout + e.status, latency:percentile(50), latency:percentile(99)))
end
