// Folders that are replaced as a whole.
#pragma once

#include <string>
#include <string_view>

#include "greenlane/result.h"

namespace greenlane::gateway {

/// Makes the folder and those above it, durably. Error: io.
Result<void> make_folders(const std::string& path);
/// Removes a file or a folder with what is in it; no error where there is none. Error: io.
Result<void> remove_all(const std::string& path);
/// Writes a file and the folders above it, durably; whoever reads it sees the old bytes or the new ones.
Result<void> put_file(const std::string& path, std::string_view bytes);
/// Renames a file that is on the disk, durably, over what may be there. Error: io.
Result<void> move_into_place(const std::string& from, const std::string& to);
/// Copies a folder with all that is in it, durably, by hard links where the file system has them: the files must only be
/// replaced, never written into. Hidden files stay behind. Error: io.
Result<void> copy_folder(const std::string& from, const std::string& to);
/// Puts the folder `next`, which is on the disk, in the place of `path` in one step, durably, and removes what was there. Error: io.
Result<void> replace_folder(const std::string& next, const std::string& path);

}  // namespace greenlane::gateway
