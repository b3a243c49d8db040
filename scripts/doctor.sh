#!/usr/bin/env bash
# doctor.sh [servers|all]   Says at once what is missing, with the command to type; as root on Debian it
# installs it. `servers`: what Kafka and Valkey need. `all`: a browser for the journeys as well.
# A shell script, because it runs before there is a Node that could run the others.
set -euo pipefail
purpose=${1:-all}
packages=()

has() { command -v "$1" >/dev/null 2>&1; }

java_major() {
  local java=${JAVA_HOME:+$JAVA_HOME/bin/}java
  "$java" -version 2>&1 | sed -nE 's/.* version "(1\.)?([0-9]+).*/\2/p' | head -n 1
}

node_major() { node --version 2>/dev/null | sed -E 's/^v([0-9]+).*/\1/'; }

servers_are_external() { [ -n "${FLUX_KAFKA_BROKERS:-}" ] && [ -n "${FLUX_VALKEY_URL:-}" ]; }

java_package() {
  if apt-cache show openjdk-17-jre-headless >/dev/null 2>&1; then
    echo openjdk-17-jre-headless
  else
    echo default-jre-headless
  fi
}

if ! has npm || [ "$(node_major || echo 0)" -lt 20 ]; then
  echo "missing: Node.js 20 or newer with npm (found: $(node --version 2>/dev/null || echo none))" >&2
  exit 1
fi

root_on_debian=false
if [ "$(id -u)" = 0 ] && has apt-get; then root_on_debian=true; fi

java=$(java_major 2>/dev/null || true)
if [ -n "${JAVA_HOME:-}" ] && [ "${java:-0}" -lt 17 ] && ! servers_are_external; then
  echo "JAVA_HOME=$JAVA_HOME holds no Java 17 or newer. Type: unset JAVA_HOME" >&2
  exit 1
fi
missing_java=false missing_maven=false missing_browser=false
if ! servers_are_external; then
  [ "${java:-0}" -ge 17 ] || missing_java=true
  has mvn || missing_maven=true
  # Docker's images do as well, where a daemon answers; Java is preferred, so only what is missing matters.
  if { $missing_java || $missing_maven; } && ! $root_on_debian && docker info >/dev/null 2>&1; then
    missing_java=false missing_maven=false
  fi
fi
if [ "$purpose" = all ]; then
  has chromium || [ -x "${CHROMIUM_PATH:-}" ] || missing_browser=true
fi
$missing_java || $missing_maven || $missing_browser || exit 0

if has apt-get; then
  if $root_on_debian; then apt-get update -qq; fi
  if $missing_java; then packages+=("$(java_package)"); fi
  if $missing_maven; then packages+=(maven); fi
  if $missing_browser; then packages+=(chromium); fi
  if $root_on_debian; then
    echo "installing: ${packages[*]}"
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
    exit 0
  fi
  echo "missing: ${packages[*]}. Type:" >&2
  echo "  sudo apt-get update && sudo apt-get install -y ${packages[*]}" >&2
  exit 1
fi

if $missing_java; then packages+=(openjdk@17); fi
if $missing_maven; then packages+=(maven); fi
if $missing_browser; then packages+=(chromium); fi
echo "missing: ${packages[*]} (Java 17 or newer, Maven, a Chromium for the tests). On macOS type:" >&2
echo "  brew install ${packages[*]}" >&2
exit 1
