#ifndef DATA_ZIP_H
#define DATA_ZIP_H

#include <stdbool.h>

/*
 * Pack the files of a directory, by name, into a new archive at path, which is
 * on the disk when this is true.  While it is written, and if the process is
 * killed, there may be other files beside path whose names begin like it.
 * What goes wrong is told on stderr and by false; path is not there then.
 */
bool zip_pack(const char *path, const char *dir);

#endif
