-- stock.lua – wrk's part of test/bench/stock: each request is a set of its own, five lines on two of 20 hot items.
local n, run = 0, os.getenv("RUN")
wrk.method = "POST"
wrk.headers["Authorization"] = "Bearer " .. os.getenv("TOKEN")
wrk.headers["Content-Type"] = "application/json"
function request()
	n = n + 1
	local a, b = "hot" .. (n % 20 + 1), "hot" .. ((n * 7 + 3) % 20 + 1)
	if a == b then b = "hot" .. ((n + 1) % 20 + 1) end
	return wrk.format(nil, nil, nil, string.format(
		'{"nonce":"%s-%d","at":"%s","type":"issue","lines":[' ..
		'{"account":"store-main","item":"%s","quantity":-3},{"account":"household","item":"%s","quantity":3},' ..
		'{"account":"store-main","item":"%s","quantity":-5},{"account":"household","item":"%s","quantity":4},' ..
		'{"account":"loss","item":"%s","quantity":1}]}', run, n, os.getenv("AT"), a, a, b, b, b))
end
