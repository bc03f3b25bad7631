/* main.c – the front step. */
#include "app/app.h"

int
main(int argc, char **argv)
{
	return cli_main(argc, argv);
}
