/* true: success, whatever it is told. */
int
main(void)
{
	return (0);
}
