#!/usr/bin/env bash
# Prints the framework for native publishing: net10.0 if the feed has its native runtime pack, otherwise net9.0 with a message.
set -euo pipefail
cache=".analytics/native/framework"
if [ ! -s "$cache" ]; then
  mkdir -p "$(dirname "$cache")"
  probe=$(mktemp -d)
  trap 'rm -rf "$probe"' EXIT
  cat >"$probe/probe.csproj" <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <RuntimeIdentifiers>linux-x64</RuntimeIdentifiers>
    <PublishAot>true</PublishAot>
  </PropertyGroup>
</Project>
PROJECT
  if output=$(dotnet restore "$probe/probe.csproj" --nologo -r linux-x64 2>&1); then
    echo net10.0 >"$cache"
  elif grep -q 'NU1101\|NU1102' <<<"$output"; then
    echo "The NuGet feed lacks the native runtime pack for net10.0; native executables are built for net9.0." >&2
    echo net9.0 >"$cache"
  else
    echo "$output" >&2
    echo "native-framework: cannot reach the NuGet feed. Check the network and try again." >&2
    exit 1
  fi
fi
cat "$cache"
