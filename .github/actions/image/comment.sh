#!/usr/bin/env bash
# Keeps one comment on a pull request up to date: what size.md says now stands where it stood before.
set -euo pipefail
: "${TOKEN:?}" "${API:?}" "${PULL_REQUEST:?}" "${NAME:?}" "${REPORT:?}"

# The build failed before anything was measured: the comment of an earlier build stays.
shopt -s nullglob
reports=("$REPORT"/*.size.md)
[ ${#reports[@]} -gt 0 ] || { echo "No report to comment."; exit 0; }

marker="<!-- multistage-size: $NAME -->"
# GitHub takes 65,536 characters.
body=$(printf '%s\n' "$marker"; cat "${reports[@]}" | head -c 60000)

request() {
  curl --silent --show-error --fail-with-body --request "$1" "$2" \
    --header "Authorization: Bearer $TOKEN" --header "Accept: application/vnd.github+json" "${@:3}"
}

id=""
for ((page = 1; ; page++)); do
  comments=$(request GET "$API/issues/$PULL_REQUEST/comments?per_page=100&page=$page")
  id=$(jq --raw-output --arg marker "$marker" 'map(select(.body | startswith($marker)))[0].id // empty' <<< "$comments")
  [ -z "$id" ] && [ "$(jq length <<< "$comments")" -eq 100 ] || break
done

if [ -n "$id" ]; then
  jq --null-input --arg body "$body" '{body: $body}' | request PATCH "$API/issues/comments/$id" --data @- --output /dev/null
else
  jq --null-input --arg body "$body" '{body: $body}' | request POST "$API/issues/$PULL_REQUEST/comments" --data @- --output /dev/null
fi
