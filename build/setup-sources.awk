# From a deb822 .sources file: the stanzas for the release itself (and, without -v suite, its updates and security
# fixes), with -v suite for that suite instead. Third parties' stanzas are signed by keys of their own.
BEGIN { RS = ""; FS = "\n" }
{
  wanted = 0; enabled = 1; foreign = 0; text = ""
  for (i = 1; i <= NF; i++) {
    if ($i ~ /^#/) continue
    if ($i ~ /^Enabled:[ \t]*no/) enabled = 0
    if ($i ~ /^Signed-By:/ && $i !~ /-archive-(removed-)?keyring/) foreign = 1
    if ($i ~ /^Suites:/) {
      kept = ""
      n = split($i, names, /[ \t]+/)
      for (j = 2; j <= n; j++)
        if (names[j] == release || (suite == "" && (names[j] == release "-updates" || names[j] == release "-security")))
          kept = kept " " names[j]
      if (kept != "") wanted = 1
      $i = "Suites:" (suite == "" ? kept : " " suite)
    }
    text = text $i "\n"
  }
  if (wanted && enabled && !foreign) print text
}
