# Makefile.cmd: one program PROG from SRCS (PROG.c unless told). TARGETDIR is where it is delivered,
# LDLIBS what it needs before -lc, LINKS further names (hard links) of the same file.
include $(dir $(lastword $(MAKEFILE_LIST)))Makefile.master

SRCS ?= $(PROG).c
TARGETDIR ?= usr/bin
OBJS = $(SRCS:%.c=$(OBJDIR)/%.o)
BIN = $(OBJDIR)/$(PROG)
CRT = $(ROOT)/usr/lib/crt1.o
ROOTPROG = $(ROOT)/$(TARGETDIR)/$(PROG)
ROOTLINKS = $(LINKS:%=$(ROOT)/$(TARGETDIR)/%)

all: $(BIN)
install: all $(ROOTPROG) $(ROOTLINKS)

$(OBJDIR)/%.o: %.c
	$(compile)

$(OBJDIR)/%.o: $(OBJDIR)/%.c
	$(compile)

$(BIN): $(OBJS)
	$(LD) -nostdlib -dynamic-linker /lib/ld.so.1 -z noexecstack --build-id=none -o $@ $(CRT) $(OBJS) \
		-L$(ROOT)/lib -L$(ROOT)/usr/lib -rpath-link $(ROOT)/lib:$(ROOT)/usr/lib $(LDLIBS) -lc

$(ROOTPROG): $(BIN)
	install -m 0555 $(BIN) $@

$(ROOTLINKS): $(ROOTPROG)
	ln -f $(ROOTPROG) $@

install_h:
clean:
	rm -rf obj
clobber: clean

-include $(OBJS:.o=.d)
