# drv.awk: one line of drv.tab as a kernel module: its registers as a checked table, attach and detach
# in the order that the class asks for, and the quirks as code.
!/^#/ && $1 == want {
	found = 1
	name = $1; class = $2; bus = $3; irqs = $5; quirk = $6
	summary = $7; for (i = 8; i <= NF; i++) summary = summary " " $i
	printf "/* %s: %s. Made by drv.awk from drv.tab. */\n", name, summary
	print "#include <sys/types.h>\n#include <sys/cmn_err.h>\n#include <sys/kmem.h>\n#include <sys/modctl.h>\n#include <sys/ddi.h>"
	n = ($4 == "none") ? 0 : split($4, regs, ",")
	printf "static const struct ddi_register %s_registers[] = {\n", name
	for (i = 1; i <= n; i++) {
		split(regs[i], r, ":")
		printf "\t{ \"%s\", 0x%x, %d },\n", r[1], r[2], r[3]
		reg[i] = r[1]; off[i] = r[2]; width[i] = r[3]
	}
	print "\t{ NULL, 0, 0 }\n};"
	printf "typedef struct { dev_info_t *dip; ddi_handle_t h; unsigned long interrupts[%d]; unsigned int state; } %s_state_t;\n", irqs + 1, name
	printf "static void *%s_list;\n", name
	for (i = 1; i <= n; i++) {
		swap = (quirk == "swap-bytes") ? "ddi_swap(" : "("
		printf "static inline uint64_t\n%s_get_%s(%s_state_t *s)\n{\n\treturn (%sddi_get(&s->h, 0x%x, %d)%s));\n}\n", name, reg[i], name, swap, off[i], width[i], quirk == "swap-bytes" ? ", " width[i] : ""
		printf "static inline void\n%s_put_%s(%s_state_t *s, uint64_t v)\n{\n\tddi_put(&s->h, 0x%x, %d, %sv%s));\n}\n", name, reg[i], name, off[i], width[i], swap, quirk == "swap-bytes" ? ", " width[i] : ""
	}
	why = (n > 1) ? 2 : 1
	if (irqs > 0 && n > 0) {
		printf "static int\n%s_intr(void *arg, unsigned int vector)\n{\n\t%s_state_t *s = arg;\n", name, name
		printf "\tuint64_t why = %s_get_%s(s);\n\tif (why == 0 || vector >= %d)\n\t\treturn (DDI_INTR_UNCLAIMED);\n", name, reg[why], irqs
		printf "\ts->interrupts[vector]++;\n\tfor (unsigned int bit = 0; bit < %d; bit++) {\n\t\tif (why >> bit & 1)\n\t\t\tddi_event(s->dip, \"%s\", bit);\n\t}\n\treturn (DDI_INTR_CLAIMED);\n}\n", 8 * width[why], class
	}
	printf "static int\n%s_reset(%s_state_t *s)\n{\n", name, name
	if (n > 0) {
		printf "\tint tries = %d;\n\t%s_put_%s(s, 1);\n", (quirk == "slow-reset") ? 1000 : 50, name, reg[1]
		printf "\twhile ((%s_get_%s(s) & 1) != 0) {\n\t\tif (--tries == 0) {\n\t\t\tcmn_err(CE_WARN, \"%s%%d: reset does not end\", ddi_instance(s->dip));\n\t\t\treturn (DDI_FAILURE);\n\t\t}\n\t\tdrv_usecwait(%d);\n\t}\n", name, reg[1], name, (quirk == "slow-reset") ? 1000 : 10
		for (i = 2; i <= n; i++)
			printf "\t%s_put_%s(s, 0);\n", name, reg[i]
	}
	if (quirk == "firmware")
		printf "\tif (ddi_firmware(s->dip, \"%s\") != DDI_SUCCESS)\n\t\treturn (DDI_FAILURE);\n", name
	printf "\ts->state = 1;\n\treturn (DDI_SUCCESS);\n}\n"
	printf "static int\n%s_attach(dev_info_t *dip)\n{\n\t%s_state_t *s = kmem_zalloc(sizeof (*s));\n\tif (s == NULL)\n\t\treturn (DDI_FAILURE);\n\ts->dip = dip;\n", name, name
	if (n > 0)
		printf "\tif (ddi_map(dip, %s_registers, &s->h) != DDI_SUCCESS)\n\t\tgoto fail;\n", name
	printf "\tif (%s_reset(s) != DDI_SUCCESS)\n\t\tgoto fail;\n", name
	if (irqs > 0 && n > 0)
		printf "\tif (ddi_intr_add(dip, %d, %s, %s_intr, s) != DDI_SUCCESS)\n\t\tgoto fail;\n", irqs, (quirk == "msi") ? "DDI_INTR_MSI" : "DDI_INTR_FIXED", name
	printf "\tif (ddi_minor(dip, \"%s\", \"%s\", s) != DDI_SUCCESS) {\n", name, class
	if (irqs > 0 && n > 0)
		print "\t\tddi_intr_remove(dip);"
	printf "\t\tgoto fail;\n\t}\n\tddi_list_add(&%s_list, dip, s);\n\treturn (DDI_SUCCESS);\nfail:\n\tkmem_free(s, sizeof (*s));\n\treturn (DDI_FAILURE);\n}\n", name
	printf "static int\n%s_detach(dev_info_t *dip)\n{\n\t%s_state_t *s = ddi_list_remove(&%s_list, dip);\n\tif (s == NULL)\n\t\treturn (DDI_FAILURE);\n", name, name, name
	if (irqs > 0 && n > 0)
		print "\tddi_intr_remove(dip);"
	print "\tkmem_free(s, sizeof (*s));\n\treturn (DDI_SUCCESS);\n}"
	printf "const struct modldrv _modldrv __attribute__((visibility(\"default\"))) = { \"%s\", \"%s\", \"%s\", %s_attach, %s_detach, %s_registers };\n", name, class, summary, name, name, name
}
END { if (!found) { print "drv.awk: no driver " want " in drv.tab" > "/dev/stderr"; exit 1 } }
