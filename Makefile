# The front door. Each target installs what it lacks (tools/need says what it does) and then works.
#   make run     the demo region on http://127.0.0.1:8080 (PORT=…)
#   make build   build/shanyraq          make test    every test       make check  the quick checks
#   make bench   the table of speed      make deb     a package for this Debian
#   make bench-peers   a page beside WordPress and Fossil, where they are installed (never in CI)
#   make fmt     layout of the C         make clean
PORT ?= 8080
DB = var/demo.db
NPM_CI = npm ci --ignore-scripts --no-audit --no-fund --loglevel=error

.PHONY: run build test check bench bench-peers deb fmt clean
run: build
	@mkdir -p var
	@test -e $(DB) || build/shanyraq demo --db $(DB) || { rm -rf $(DB) $(DB)-* $(DB).*; exit 1; }
	@echo "http://127.0.0.1:$(PORT)/   sign-ins: $(DB).sign-ins"
	@exec build/shanyraq serve --db $(DB) --listen 127.0.0.1:$(PORT)
build: web/node_modules/.package-lock.json
	@tools/need build
	@test -e build/build.ninja || meson setup build --buildtype=release -Db_ndebug=false $(if $(CI),-Dwerror_ci=true)
	ninja -C build
	@ln -sfn src/app/shanyraq build/shanyraq
web/node_modules/.package-lock.json: web/package-lock.json
	tools/need build
	cd web && $(NPM_CI) && touch node_modules/.package-lock.json
test/browser/node_modules/.package-lock.json: test/browser/package-lock.json
	cd test/browser && $(NPM_CI) && touch node_modules/.package-lock.json
test: web/node_modules/.package-lock.json
	tools/need test
	$(MAKE) --no-print-directory test/browser/node_modules/.package-lock.json
	tools/test-all
check: build
	tools/check
bench: build
	tools/need bench
	test/bench/run
bench-peers: build
	test/bench/peers
# From what is committed, in a folder of its own; the fonts are taken along, so the build needs no network.
deb: web/node_modules/.package-lock.json
	tools/need deb
	rm -rf build-deb && mkdir -p build-deb/src
	git archive HEAD | tar -x -C build-deb/src
	cp -r web/node_modules build-deb/src/web/
	cd build-deb/src && dpkg-buildpackage -b -us -uc
	lintian --fail-on error,warning build-deb/*.changes
fmt:
	git ls-files '*.c' '*.h' | xargs clang-format -i
clean:
	rm -rf build build-test build-deb
