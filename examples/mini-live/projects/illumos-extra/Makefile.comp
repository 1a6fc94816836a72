# Makefile.comp: runs inside an object folder. component.mk says LIB (with LIBSRCS), PROGS (each from
# PROG.c and PROGSRCS), HDRS, LDLIBS, LINKS (name=target symbolic links in usr/bin), CONF (etc files).
default: install
IN_OBJ = yes
include component.mk
include $(TOP)/Makefile.defs

D = $(DESTDIR)
LIBOBJS = $(LIBSRCS:%.c=%.pic.o)
SO = $(if $(LIB),$(LIB).so$(SOVER))

%.pic.o: %.c
	$(CC) $(CFLAGS) -fPIC -MD -MP -MF $*.pic.d -c -o $@ $<
%.o: %.c
	$(CC) $(CFLAGS) -MD -MP -MF $*.d -c -o $@ $<

ifeq ($(STRAP),strap)
$(SO): $(LIBOBJS)
	$(CC) -shared -Wl,-h,$(SO) -o $@ $(LIBOBJS)
$(PROGS): %: %.o $(PROGSRCS:.c=.o) $(SO)
	$(CC) -o $@ $< $(PROGSRCS:.c=.o) $(LIBSRCS:.c=.pic.o)
install: $(SO) $(PROGS)
	mkdir -p $(D)/usr/lib $(D)/usr/bin $(D)/usr/include
	$(if $(SO),install -m 0755 $(SO) $(D)/usr/lib/$(SO))
	$(if $(HDRS),install -m 0444 $(HDRS) $(D)/usr/include)
	$(if $(PROGS),install -m 0555 $(PROGS) $(D)/usr/bin)
else
$(SO): $(LIBOBJS)
	$(LD) -shared -nostdlib -h $(SO) -z defs -z noexecstack --build-id=none -o $@ $(LIBOBJS) \
	    -L$(D)/lib -L$(D)/usr/lib -rpath-link $(D)/lib:$(D)/usr/lib $(LDLIBS) -lc
	ln -sf $(SO) $(LIB).so
$(PROGS): %: %.o $(PROGSRCS:.c=.o) $(SO)
	$(LD) -nostdlib -dynamic-linker /lib/ld.so.1 -z noexecstack --build-id=none -o $@ \
	    $(D)/usr/lib/crt1.o $< $(PROGSRCS:.c=.o) -L. -L$(D)/lib -L$(D)/usr/lib \
	    -rpath-link .:$(D)/lib:$(D)/usr/lib $(if $(LIB),$(LIB:lib%=-l%)) $(LDLIBS) -lc
install: $(SO) $(PROGS)
	mkdir -p $(D)/usr/lib $(D)/usr/bin $(D)/usr/include $(D)/etc
	$(if $(SO),install -m 0755 $(SO) $(D)/usr/lib/$(SO))
	$(if $(SO),ln -sf $(SO) $(D)/usr/lib/$(LIB).so)
	$(if $(HDRS),mkdir -p $(D)/usr/include/$(HDRDIR))
	$(if $(HDRS),install -m 0444 $(HDRS) $(D)/usr/include/$(HDRDIR))
	$(if $(PROGS),install -m 0555 $(PROGS) $(D)/usr/bin)
	for l in $(HARDLINKS); do ln -f $(D)/usr/bin/$${l#*=} $(D)/usr/bin/$${l%%=*} || exit 1; done
	for l in $(LINKS); do ln -sf $${l#*=} $(D)/usr/bin/$${l%%=*} || exit 1; done
	$(if $(CONF),mkdir -p $(D)/etc/$(CONFDIR) && install -m 0644 $(CONF) $(D)/etc/$(CONFDIR))
endif
-include $(wildcard *.d)
