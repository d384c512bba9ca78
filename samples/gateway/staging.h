// What commands that change the repository have in common.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "change.h"
#include "commands.h"

namespace greenlane::gateway {

/// Opens the repository, makes a change with `fill`, stages it, says what is staged, signs it with each of `sign`, and releases it where
/// nobody is missing.
Exit stage_change(const std::string& folder, const std::vector<std::string>& sign, const std::function<Result<void>(Change&)>& fill);
/// The same in a repository that is open.
Exit stage_change(Repository& repository, const std::vector<std::string>& sign, const std::function<Result<void>(Change&)>& fill);

/// Signs the staged change, saves it, and says so. Error: invalid_argument, where the key signs nothing of it.
Result<void> sign_staged(const Repository& repository, State& state, Signer& signer);
/// The same with the keys in files.
Result<void> sign_staged(const Repository& repository, State& state, const std::vector<std::string>& key_files);
/// Says who is missing, or releases the staged change; nothing where nothing is staged.
Result<void> release_if_signed(Repository& repository);
/// Lines of who is missing.
void say_missing(const Repository& repository, const State& state);
/// Prints what the staged change is.
Result<void> say_staged(const Repository& repository, const State& state);

/// Absolute path of a file, for later.
std::string absolute_path(const std::string& file);
/// The name of a key for people: that of its file, without folder and ".pub".
std::string name_of_key(const std::string& file);
/// A moment on the command line; `fallback` for "". Error: invalid_argument.
Result<std::chrono::sys_seconds> read_moment(const std::string& text, const std::string& option, std::chrono::sys_seconds fallback);

}  // namespace greenlane::gateway
