#!/usr/bin/env bash
# Restores, checks the format, builds and runs every test. What CI runs, and what you run.
#   ./build.sh              everything
#   ./build.sh --no-format  skip the format check
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1

have_postgres() { command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; }
# The tests start a private Postgres and, where a Kafka folder is named, a broker that needs Java.
install_what_tests_need() {
  local missing=()
  have_postgres || missing+=(postgresql)
  [ -z "${SEATS_KAFKA_HOME:-}" ] || command -v java >/dev/null || missing+=(openjdk-17-jre-headless)
  [ ${#missing[@]} -eq 0 ] && return 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "== installing ${missing[*]}"
    apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "${missing[@]}"
  else
    echo "== not installed: ${missing[*]}; the tests that need them are skipped"
  fi
}

step() { echo "== $*"; "$@" || { echo "failed: $*"; exit 1; }; }

install_what_tests_need
step dotnet restore Seats.sln
[ "${1:-}" = --no-format ] || step dotnet format whitespace Seats.sln --no-restore --verify-no-changes
step dotnet build Seats.sln -c Release --no-restore

echo "== test"
log=$(mktemp); trap 'rm -f "$log"' EXIT
# Those that start whole clusters run alone, after the others.
run_tests() { dotnet test "$1" -c Release --no-build --logger "console;verbosity=minimal" --filter "$2" -- RunConfiguration.MaxCpuCount=1 2>&1 | grep -v "^No test matches" | tee -a "$log"; return "${PIPESTATUS[0]}"; }
status=0
run_tests Seats.sln "FullyQualifiedName!~Seats.Processes" || status=1
run_tests tests/System.Tests "FullyQualifiedName~Seats.Processes" || status=1
read -r passed failed skipped < <(awk -F'[:,]' '/(Passed|Failed|Skipped)! +- Failed:/ { f += $2; p += $4; s += $6 } END { print p + 0, f + 0, s + 0 }' "$log")
echo "$passed passed, $failed failed, $skipped skipped"
[ "$status" = 0 ] && [ "$failed" = 0 ] && [ "$passed" != 0 ]
