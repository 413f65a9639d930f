-- wrk's side of the benchmark: posts `tools/call` messages of the 2026-07-28 revision to one tool, about 0.4 KB each,
-- with ids that differ, and ends with one line of JSON on stdout (times in microseconds).
--
--     wrk … -s load.lua URL -- TOKEN

local requests = {}
local following = 0

local function body(id)
   return string.format(
      '{"jsonrpc":"2.0","id":%d,"method":"tools/call","params":{"name":"echo","arguments":{'
      .. '"message":"the quick brown fox jumps over the lazy dog","amount":%d,"region":"eu-west-1",'
      .. '"tags":["billing","weekly"],"owner":{"name":"team-%d","role":"reader"}},'
      .. '"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",'
      .. '"io.modelcontextprotocol/clientCapabilities":{}}}}', id, id % 90, id % 8)
end

function init(arguments)
   local headers = {
      ["Content-Type"] = "application/json",
      ["Accept"] = "application/json, text/event-stream",
      ["Authorization"] = "Bearer " .. (arguments[1] or ""),
      ["MCP-Protocol-Version"] = "2026-07-28",
      ["Mcp-Method"] = "tools/call",
      ["Mcp-Name"] = "echo",
   }
   for id = 1, 64 do
      requests[id] = wrk.format("POST", nil, headers, body(id + 1000))
   end
end

function request()
   following = following % #requests + 1
   return requests[following]
end

function done(summary, latency)
   local errors = summary.errors
   print(string.format(
      '{"requests":%d,"duration_us":%d,"p50_us":%d,"p99_us":%d,"failed":%d}',
      summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
      errors.connect + errors.read + errors.write + errors.timeout + errors.status))
end
