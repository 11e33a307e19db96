-- GET for wrk, of the address that it is given. The last line of the output is "result REQUESTS MICROSECONDS FAILED P50 P99".
function done(summary, latency)
    local e = summary.errors
    print(string.format("result %d %d %d %d %d", summary.requests, summary.duration,
        e.connect + e.read + e.write + e.timeout + e.status, latency:percentile(50), latency:percentile(99)))
end
