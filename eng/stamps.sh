# Sourced by the build scripts. A stamp contains the inputs of a build by content, and its outputs are not newer than it. So an old file
# copied over a newer one, or a build of other sources in between, is detected.

# stamp_inputs: prints the hash and name of each file that the projects of src/ depend on.
stamp_inputs() {
  local files
  files=$(find src eng/packages definitions.json Directory.*.props Directory.*.targets global.json .editorconfig \
    \( -name bin -o -name obj -o -name node_modules \) -prune -o -type f -print | LC_ALL=C sort)
  echo "published packages: ${UsePublishedPackages:-false}"
  paste <(git hash-object --no-filters --stdin-paths <<<"$files") <(echo "$files")
}

# stamp_is_current STAMP INPUTS EXECUTABLE: whether the executable was built from the inputs, and nothing beside it has changed since.
stamp_is_current() {
  [ -x "$3" ] && [ "$2" = "$(cat "$1" 2>/dev/null)" ] && [ -z "$(find "$(dirname "$3")" -type f -newer "$1")" ]
}

# stamp_hides_change STAMP INPUTS: whether a file has changed since the stamp without being newer. MSBuild, which compares times, would miss it.
stamp_hides_change() {
  [ -f "$1" ] || return 1
  local file
  while IFS=$'\t' read -r _ file; do
    if [ -f "$file" ] && ! [ "$file" -nt "$1" ]; then
      return 0
    fi
  done < <(comm -13 <(LC_ALL=C sort "$1") <(LC_ALL=C sort <<<"$2"))
  return 1
}
