/* false: failure, whatever it is told. */
int
main(void)
{
	return (255);
}
