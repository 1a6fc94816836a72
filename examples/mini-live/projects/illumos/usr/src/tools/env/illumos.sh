# illumos.sh: the example that configure's own illumos.sh follows; the presence of this file is how
# configure knows that the illumos tree is there.
NIGHTLY_OPTIONS='-CimNnt'; export NIGHTLY_OPTIONS
GATE='testws'; export GATE
CODEMGR_WS="/export/$GATE"; export CODEMGR_WS
ROOT="$CODEMGR_WS/proto"; export ROOT
ATLOG="$CODEMGR_WS/log"; export ATLOG
LOGFILE="$ATLOG/nightly.log"; export LOGFILE
MAKEFLAGS='k'; export MAKEFLAGS
