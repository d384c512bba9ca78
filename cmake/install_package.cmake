# `cmake --install`: the command, both libraries, public headers, schemas, and what CMake and pkg-config
# need to find them. The installed tree may be moved as a whole.
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/greenlane)

install(TARGETS greenlane_cli)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/sdk/include/greenlane
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.h")
install(DIRECTORY ${PROJECT_SOURCE_DIR}/schema
  DESTINATION ${CMAKE_INSTALL_DATADIR}/greenlane
  FILES_MATCHING PATTERN "*.schema.json" PATTERN "examples" EXCLUDE)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})

# One file of targets a kind, so that users of the shared library need none of its dependencies.
foreach(kind IN ITEMS static shared)
  install(TARGETS greenlane_${kind} EXPORT greenlane-${kind})
  install(EXPORT greenlane-${kind} NAMESPACE greenlane:: DESTINATION ${package_dir}
    FILE greenlane-${kind}-targets.cmake)
endforeach()

configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/greenlane-config.cmake.in
  ${PROJECT_BINARY_DIR}/generated/greenlane-config.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/generated/greenlane-config-version.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES
  ${PROJECT_BINARY_DIR}/generated/greenlane-config.cmake
  ${PROJECT_BINARY_DIR}/generated/greenlane-config-version.cmake
  DESTINATION ${package_dir})

# Paths in the pkg-config file are relative to the file itself.
set(pkgconfig_dir ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
file(RELATIVE_PATH pkgconfig_to_prefix /${pkgconfig_dir} /)
string(REGEX REPLACE "/$" "" pkgconfig_to_prefix "${pkgconfig_to_prefix}")
configure_file(${PROJECT_SOURCE_DIR}/cmake/greenlane.pc.in ${PROJECT_BINARY_DIR}/generated/greenlane.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/generated/greenlane.pc DESTINATION ${pkgconfig_dir})
