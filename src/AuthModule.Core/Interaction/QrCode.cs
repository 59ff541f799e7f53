using System;
using System.IO;
using System.Linq;
using System.Text;
using AuthModule.Errors;
using QRCoder;

namespace AuthModule.Interaction;

/// <summary>QR codes as text for a terminal and as PNG.</summary>
internal static class QrCode
{
    private const int PixelsPerModule = 8;

    // A reader wants a light border of four modules (ISO/IEC 18004); a terminal's own background does for half of it.
    private const int TextBorder = 2;

    /// <summary>Two rows of modules in one line of half blocks, light on dark as terminals are; no colours, so it can be piped.</summary>
    public static string ToText(string content)
    {
        using var generator = new QRCodeGenerator();
        using QRCodeData code = generator.CreateQrCode(content, QRCodeGenerator.ECCLevel.M);
        int border = BorderOf(code);
        int size = code.ModuleMatrix.Count - (2 * border);
        bool IsLight(int row, int column) =>
            row < 0 || column < 0 || row >= size || column >= size || !code.ModuleMatrix[row + border][column + border];

        var text = new StringBuilder();
        for (int row = -TextBorder; row < size + TextBorder; row += 2)
        {
            for (int column = -TextBorder; column < size + TextBorder; column++)
            {
                bool top = IsLight(row, column);
                bool bottom = row + 1 >= size + TextBorder || IsLight(row + 1, column);
                text.Append((top, bottom) switch
                {
                    (true, true) => '█',
                    (true, false) => '▀',
                    (false, true) => '▄',
                    _ => ' ',
                });
            }

            text.AppendLine();
        }

        return text.ToString();
    }

    public static byte[] ToPng(string content)
    {
        using var generator = new QRCodeGenerator();
        using QRCodeData code = generator.CreateQrCode(content, QRCodeGenerator.ECCLevel.M);
        return new PngByteQRCode(code).GetGraphic(PixelsPerModule);
    }

    /// <exception cref="AuthServiceException">StoreUnavailable: the file cannot be written.</exception>
    public static void WritePng(string content, string path)
    {
        try
        {
            File.WriteAllBytes(path, ToPng(content));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw AuthError.Create(AuthErrorId.StoreUnavailable, $"The QR code cannot be written to '{path}': {cause.Message}", new ErrorDetails { Action = "Give a path that can be written to.", Cause = cause });
        }
    }

    // The library adds a border of its own, whose width is its business.
    private static int BorderOf(QRCodeData code)
    {
        int border = 0;
        while (border < code.ModuleMatrix.Count && !code.ModuleMatrix[border].Cast<bool>().Any(isDark => isDark))
        {
            border++;
        }

        return border;
    }
}
