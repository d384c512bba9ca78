#include "output.h"

namespace greenlane::cli {

Result<Output> Output::open(const std::string& path) {
  Output made;
  if (path.empty() || path == "-") return made;
  made.path_ = path;
  made.file_.reset(std::fopen(path.c_str(), "wb"));
  if (made.file_ == nullptr) return made.failed().error();
  return made;
}

Result<void> Output::write(std::string_view bytes) {
  return std::fwrite(bytes.data(), 1, bytes.size(), stream()) == bytes.size() ? Result<void>() : failed();
}

Result<void> Output::close() {
  const bool done = file_ != nullptr ? std::fclose(file_.release()) == 0 : std::fflush(stdout) == 0;
  return done ? Result<void>() : failed();
}

Result<void> Output::failed() const {
  const char* message = path_.empty() ? "the standard output cannot be written" : "the file cannot be written";
  return Error{.code = ErrorCode::io, .message = message, .source = path_};
}

}  // namespace greenlane::cli
