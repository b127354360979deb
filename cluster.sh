#!/usr/bin/env bash
# A cluster on this machine: 2 silos and 2 API nodes on loopback, over Postgres.
#   ./cluster.sh --port P --data DIR [--postgres CONNECTION] [--no-build]
# The API nodes listen on P and P+1. Without --postgres, a private one is started in DIR. A process that ends by itself is started again.
# Ctrl+C or SIGTERM ends all.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
usage() { echo "usage: ./cluster.sh --port P --data DIR [--postgres CONNECTION] [--no-build]" >&2; exit 2; }
PORT= DATA= POSTGRES= BUILD=1
while [ $# -gt 0 ]; do
  case "$1" in
    --port) PORT=${2:-}; shift 2 || usage ;;
    --data) DATA=${2:-}; shift 2 || usage ;;
    --postgres) POSTGRES=${2:-}; shift 2 || usage ;;
    --no-build) BUILD=; shift ;;
    *) usage ;;
  esac
done
[[ "$PORT" =~ ^[0-9]{1,5}$ ]] && [ -n "$DATA" ] || usage
[ "$PORT" -ge 1 ] && [ "$PORT" -le 65534 ] || { echo "--port is from 1 to 65534: the second API node listens on the one after it." >&2; exit 2; }
mkdir -p "$DATA"; DATA=$(cd "$DATA" && pwd)
CONFIGURATION=${CONFIGURATION:-Release}
PG_BIN= PG_STARTED= STOPPING=

is_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Ports are chosen once and kept: a silo that comes back on its old address joins at once. They lie outside the range that outgoing
# connections take theirs from: one of those could have it by the time a server listens.
choose_ports() {
  if [ ! -f "$DATA/ports" ]; then
    local names=(PG SILO1 GATE1 HTTP1 SILO2 GATE2 HTTP2) port
    for port in $(shuf -i 26000-31999); do
      is_taken "$port" && continue
      echo "${names[0]}_PORT=$port"; names=("${names[@]:1}")
      [ ${#names[@]} -gt 0 ] || break
    done > "$DATA/ports"
  fi
  . "$DATA/ports"
}

find_postgres() {
  PG_BIN=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
  [ -n "$PG_BIN" ] || PG_BIN=$(dirname "$(command -v initdb 2>/dev/null || echo /missing/initdb)")
  [ -x "$PG_BIN/initdb" ]
}

as_postgres() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

start_postgres() {
  if ! find_postgres; then
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || { echo "PostgreSQL is not installed: install it, or name one with --postgres." >&2; exit 1; }
    echo "Installing PostgreSQL…"
    apt-get update -q >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends postgresql >/dev/null || exit 1
    find_postgres || exit 1
  fi
  local dir="$DATA/postgres"
  mkdir -p "$dir"
  if [ "$(id -u)" = 0 ]; then
    chown postgres "$dir"
    # Every folder above must let that user through.
    local above=$dir; while [ "$above" != / ]; do above=$(dirname "$above"); as_postgres test -x "$above" || { echo "The user postgres cannot reach $dir: choose another --data." >&2; exit 1; }; done
  fi
  # One that was left behind when its cluster was killed.
  as_postgres "$PG_BIN/pg_ctl" -D "$dir" status >/dev/null 2>&1 && as_postgres "$PG_BIN/pg_ctl" -D "$dir" -m fast -w stop >/dev/null
  [ -f "$dir/PG_VERSION" ] || as_postgres "$PG_BIN/initdb" -D "$dir" -U seats --auth=trust -E UTF8 --locale=C >/dev/null || exit 1
  as_postgres "$PG_BIN/pg_ctl" -D "$dir" -w -t 60 -l "$dir/log" \
    -o "-p $PG_PORT -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=300" start >/dev/null || { echo "PostgreSQL did not start; see $dir/log" >&2; exit 1; }
  PG_STARTED=1
  POSTGRES="Host=127.0.0.1;Port=$PG_PORT;Username=seats;Database=seats"
}

build() {
  dotnet build src/Silo -c "$CONFIGURATION" -v q "-clp:ErrorsOnly;NoSummary" --nologo && dotnet build src/Api -c "$CONFIGURATION" -v q "-clp:ErrorsOnly;NoSummary" --nologo \
    || { echo "The build failed." >&2; exit 1; }
}

# start NAME DLL ARGS…: a process with its pid and log in DIR, and the log of the run before.
start() {
  local name=$1 dll=$2; shift 2
  [ ! -f "$DATA/$name.log" ] || mv -f "$DATA/$name.log" "$DATA/$name.log.1"
  dotnet "$dll" "$@" > "$DATA/$name.log" 2>&1 &
  echo $! > "$DATA/$name.pid"
}

start_silo() {
  start "silo-$1" "src/Silo/bin/$CONFIGURATION/net10.0/Seats.Silo.dll" --urls "http://127.0.0.1:$4" \
    --Silo:Port "$2" --Silo:GatewayPort "$3" --Silo:Name "silo-$1"
}

# One of the four, by name.
start_named() {
  case "$1" in
    silo-1) start_silo 1 "$SILO1_PORT" "$GATE1_PORT" "$HTTP1_PORT" ;;
    silo-2) start_silo 2 "$SILO2_PORT" "$GATE2_PORT" "$HTTP2_PORT" ;;
    api-1) start_api 1 "$PORT" ;;
    api-2) start_api 2 "$((PORT + 1))" ;;
  esac
}

start_api() { start "api-$1" "src/Api/bin/$CONFIGURATION/net10.0/Seats.Api.dll" --urls "http://127.0.0.1:$2"; }

ready() { curl -sf -o /dev/null -m 3 "http://127.0.0.1:$1/health/ready"; }

# A number from an earlier run may be another program's by now.
alive() {
  local pid; pid=$(cat "$DATA/$1.pid" 2>/dev/null) && kill -0 "$pid" 2>/dev/null && { [ ! -r "/proc/$pid/cmdline" ] || grep -q "Seats\." "/proc/$pid/cmdline"; }
}

wait_ready() {
  local name=$1 port=$2
  for _ in $(seq 1 240); do
    # Another server may answer on this port.
    alive "$name" && ready "$port" && alive "$name" && return 0
    alive "$name" || { echo "$name ended; the end of its log:" >&2; tail -20 "$DATA/$name.log" >&2; return 1; }
    [ -z "$STOPPING" ] || return 1
    sleep 0.5
  done
  echo "$name is not ready; see $DATA/$name.log" >&2; return 1
}

stop_one() {
  alive "$1" || return 0
  local pid; pid=$(cat "$DATA/$1.pid")
  kill -TERM "$pid" 2>/dev/null
  for _ in $(seq 1 90); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
  kill -KILL "$pid" 2>/dev/null
  wait "$pid" 2>/dev/null
}

stop_all() {
  STOPPING=1
  echo "Stopping…"
  stop_one api-1 & stop_one api-2 & wait $!
  stop_one api-1; stop_one api-2
  stop_one silo-1 & local first=$!
  stop_one silo-2; wait "$first"
  rm -f "$DATA"/{silo,api}-[12].pid
  [ -z "$PG_STARTED" ] || as_postgres "$PG_BIN/pg_ctl" -D "$DATA/postgres" -m fast -w stop >/dev/null
  echo "Stopped."
}
# Asked twice, it goes on stopping.
trap '[ -n "$STOPPING" ] || { stop_all; exit 0; }' TERM INT HUP

for name in silo-1 silo-2 api-1 api-2; do
  ! alive "$name" || { echo "A cluster runs on $DATA already: $name is process $(cat "$DATA/$name.pid")." >&2; exit 1; }
done
for port in "$PORT" "$((PORT + 1))"; do
  ! is_taken "$port" || { echo "Port $port is taken: choose another --port (the cluster takes it and the one after it)." >&2; exit 1; }
done
[ -z "$BUILD" ] || { echo "Building…"; build; }
choose_ports
[ -n "$POSTGRES" ] || start_postgres
export ConnectionStrings__Seats="$POSTGRES" PublicUrl="${PublicUrl:-http://127.0.0.1:$PORT}"
export Mail__Folder="${Mail__Folder:-$DATA/mail}"
export ASPNETCORE_ENVIRONMENT="${ASPNETCORE_ENVIRONMENT:-Development}" DOTNET_ENVIRONMENT="${DOTNET_ENVIRONMENT:-${ASPNETCORE_ENVIRONMENT:-Development}}"

echo "Starting…"
start_named silo-1
start_named silo-2
wait_ready silo-1 "$HTTP1_PORT" && wait_ready silo-2 "$HTTP2_PORT" || { stop_all; exit 1; }
start_named api-1
start_named api-2
wait_ready api-1 "$PORT" && wait_ready api-2 "$((PORT + 1))" || { stop_all; exit 1; }

cat <<TEXT

A cluster of Seats runs:
  API     http://127.0.0.1:$PORT  http://127.0.0.1:$((PORT + 1))   (calls: /docs)
  silos   health at http://127.0.0.1:$HTTP1_PORT/health/ready and http://127.0.0.1:$HTTP2_PORT/health/ready
  data    $DATA: a pid and a log a process$( [ -z "$PG_STARTED" ] || echo "; private PostgreSQL on port $PG_PORT" )
$(grep -h "Administrator made" "$DATA"/api-*.log 2>/dev/null | sed 's/^/  /')
Stop with Ctrl+C.
TEXT
# Started again at most once in RESTART_PAUSE seconds each: one that cannot start must not keep the machine busy.
RESTART_PAUSE=5
declare -A STARTED_AT=()
while [ -z "$STOPPING" ]; do
  sleep 1 & wait $!
  for name in silo-1 silo-2 api-1 api-2; do
    [ -z "$STOPPING" ] || break
    alive "$name" && continue
    [ $((SECONDS - ${STARTED_AT[$name]:--$RESTART_PAUSE})) -ge "$RESTART_PAUSE" ] || continue
    echo "$name ended; it is started again. What it said: $DATA/$name.log.1"
    STARTED_AT[$name]=$SECONDS
    start_named "$name"
  done
done
