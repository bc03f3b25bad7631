/* lang_cli_index.h – the filter `lang index`: a row of the table in lang_cli.c. */
#ifndef APP_LANG_CLI_INDEX_H
#define APP_LANG_CLI_INDEX_H

int lang_index(int argc, char **argv);

#endif
