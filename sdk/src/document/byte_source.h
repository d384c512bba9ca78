// Where the bytes of a stream come from.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "greenlane/result.h"

namespace greenlane::document {

/// A stream of bytes that is read once, from one thread.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  /// Puts up to `size` bytes into `buffer`; 0 is the end. REQUIRES: size > 0.
  virtual Result<std::size_t> read(char* buffer, std::size_t size) = 0;
};

/// A file, a pipe or the standard input.
class FileBytes final : public ByteSource {
 public:
  static Result<std::unique_ptr<ByteSource>> open(const std::string& path);
  /// Reads descriptor 0 and leaves it open.
  static std::unique_ptr<ByteSource> standard_input();

  ~FileBytes() override;
  FileBytes(const FileBytes&) = delete;
  FileBytes& operator=(const FileBytes&) = delete;
  Result<std::size_t> read(char* buffer, std::size_t size) override;

 private:
  FileBytes(int descriptor, bool owned) : descriptor_(descriptor), owned_(owned) {}
  int descriptor_;
  bool owned_;
};

class MemoryBytes final : public ByteSource {
 public:
  explicit MemoryBytes(std::string bytes) : bytes_(std::move(bytes)) {}
  Result<std::size_t> read(char* buffer, std::size_t size) override;

 private:
  std::string bytes_;
  std::size_t at_ = 0;
};

}  // namespace greenlane::document
