# drvconf.awk: the configuration file of one driver, from its line of drv.tab.
!/^#/ && $1 == want {
	printf "# %s.conf: made from drv.tab\n", $1
	printf "name=\"%s\" class=\"%s\" parent=\"%s\";\n", $1, $2, $3 == "none" ? "pseudo" : $3
	if ($6 != "none") printf "quirk-%s=1;\n", $6
}
