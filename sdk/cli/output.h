// Where a command writes what it makes: a file, or the standard output.
#pragma once

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "greenlane/result.h"

namespace greenlane::cli {

class Output {
 public:
  /// `path`: "" or "-" is the standard output. Error: io.
  static Result<Output> open(const std::string& path);
  Result<void> write(std::string_view bytes);
  /// Error: io, where not everything could be written.
  Result<void> close();
  bool is_file() const noexcept { return file_ != nullptr; }

 private:
  struct Closer {
    void operator()(std::FILE* file) const noexcept { std::fclose(file); }
  };
  std::FILE* stream() const noexcept { return file_ != nullptr ? file_.get() : stdout; }
  Result<void> failed() const;

  std::string path_;
  std::unique_ptr<std::FILE, Closer> file_;
};

}  // namespace greenlane::cli
