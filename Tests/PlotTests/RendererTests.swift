import Plot
import Testing

@Suite("Renderers")
struct RendererTests {
  @Test("points land where they are, upright")
  func scatter() {
    var scene = Scene(.plane(radius: 1))
    scene.points(comma, ink: .data)
    #expect(
      picture(.braille, scene)
        == """
                    ⠄           
               ⠈                
            ⠁                   
                                
          ⠁                     
                    ⠂           
         ⠁             ⠈        
          ⡀                ⠁    
                                
            ⡀              ⢀    
                ⡀      ⢀        
                    ⠂           
        """)
    #expect(
      picture(.block, scene)
        == """
                    ▄           
               ▀                
            ▀                   
                                
          ▀                     
                    ▀           
         ▀             ▀        
          ▄               ▀     
                                
            ▄              ▄    
                ▄      ▄        
                    ▀           
        """)
    #expect(
      picture(.ascii, scene)
        == """
                                
                .   .           
            .                   
                                
          .                     
                    .           
          .            .        
          .               .     
                                
            .              .    
                .   .  .        
                                
        """)
  }

  @Test("arrows have heads in all eight directions")
  func arrows() {
    let scene = star(length: 0.4)
    #expect(
      picture(.braille, scene)
        == """
                   ⢀⣄           
                   ⠁⡇⠁          
            ⢰⢖⠂     ⡇    ⠐⡲⡆    
            ⠈ ⠑⢄    ⠁   ⡠⠊ ⠁    
                                
         ⢀⠄                  ⠠⡀ 
         ⠙⠍⠉⠉⠉⠁          ⠈⠉⠉⠉⠩⠋ 
                                
            ⢀ ⡠⠊    ⡀   ⠑⢄ ⡀    
            ⠸⠮⠄     ⡇    ⠠⠵⠇    
                   ⡀⡇⡀          
                   ⠈⠋           
        """)
    #expect(
      picture(.block, scene)
        == """
                    ▄           
                  ▄▀█▀▄         
            ██▀     █    ▀██    
            ▀ ▀▄    ▀   ▄▀ ▀    
                                
          ▄▀                ▀▄  
         ▀█▀▀▀▀          ▀▀▀▀█▀ 
           ▀                ▀   
            ▄ ▄▀    ▄   ▀▄ ▄    
            ██▄     █    ▄██    
                  ▀▄█▄▀         
                    ▀           
        """)
    #expect(
      picture(.ascii, scene)
        == """
                                
                    ^           
            <\\      |     />    
              \\\\    |   //      
                \\      /        
                                
          <----          ---->  
                /      \\        
              //    |   \\\\      
            </      |     \\>    
                    v           
                                
        """)
  }

  @Test("short arrows have heads too")
  func shortArrows() {
    let scene = star(length: 0.1)
    #expect(
      picture(.braille, scene)
        == """
                                
                                
                   ⠠⡦           
               ⣤⠄   ⠁  ⠠⣤       
               ⠁        ⠈       
             ⡀            ⢀     
            ⠈⠋⠁          ⠈⠙⠁    
               ⡀        ⢀       
               ⠛⠂   ⡀  ⠐⠛       
                   ⠐⠗           
                                
                                
        """)
    #expect(
      picture(.block, scene)
        == """
                                
                                
                    ▄           
               ▄▄▄ ▀▀▀▄▄▄       
               █        █       
              ▄          ▄      
             ▀█          █▀     
               █        █       
               ▀▀▀ ▄▄▄▀▀▀       
                    ▀           
                                
                                
        """)
    #expect(
      picture(.ascii, scene)
        == """
                                
                                
                    ^           
               <    |   >       
                \\      /        
                                
             <-          ->     
                /      \\        
               <    |   >       
                    v           
                                
                                
        """)
  }

  @Test("a cell has the ink of the mark that takes precedence, whatever the order of drawing")
  func ink() {
    for glyphs in Glyphs.allCases {
      for inks in [[Ink.data, .arrow], [.arrow, .data]] {
        var scene = Scene(.plane(radius: 1))
        for ink in inks { scene.points([[0, 0]], ink: ink) }
        let grid = glyphs.renderer.render(scene, columns: 1, rows: 1)
        #expect(grid[0, 0].ink == .arrow)
      }
    }
  }

  @Test("large points are larger than small ones")
  func sizes() {
    var scene = Scene(.chart(x: Axis(0...11), y: Axis(0...3)))
    scene.points([[0, 2]], ink: .data)
    scene.points([[7, 2]], size: .large, ink: .point)
    #expect(picture(.braille, scene, columns: 6, rows: 1) == "⠂  ⠰⠆ ")
    #expect(picture(.ascii, scene, columns: 6, rows: 1) == ".  o  ")
  }

  @Test("a line has a gap where a point is not finite, and a lone point is a dot")
  func gaps() {
    var scene = Scene(.chart(x: Axis(0...5), y: Axis(0...1)))
    scene.polyline([[0, 0], [1, 0], [.nan, 0], [3, 0], [4, .infinity], [5, 0]], ink: .curve)
    #expect(picture(.ascii, scene, columns: 6, rows: 1) == "** * *")
  }

  @Test("text is cut at the edge, and covers the marks")
  func text() {
    var scene = Scene(.chart(x: Axis(0...7), y: Axis(0...1)))
    scene.text("sigma", at: [4, 0.5])
    scene.polyline([[0, 0.5], [7, 0.5]], ink: .curve)
    #expect(picture(.braille, scene, columns: 8, rows: 1).hasSuffix("sigm"))
  }

  @Test("what is huge, infinite or outside is clipped, in a picture of any size")
  func clipping() {
    let far: [SIMD2<Float>] = [[3e38, -3e38], [.nan, 0], [0, -.infinity], [1e9, 1], [-1e30, 1e-30], [0, 0]]
    var scene = Scene(.plane(radius: 1))
    scene.points(far, size: .large, ink: .point)
    scene.arrows(from: far, to: far.reversed(), ink: .arrow)
    scene.polyline(far, ink: .curve)
    for glyphs in Glyphs.allCases {
      for (columns, rows) in [(0, 0), (0, 5), (1, 1), (1, 40), (40, 1), (80, 24), (500, 200)] {
        let grid = glyphs.renderer.render(scene, columns: columns, rows: rows)
        #expect(grid.columns == columns && grid.rows == rows)
      }
    }
  }
}
